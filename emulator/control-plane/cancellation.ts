import type { Cloud, Deployment, Execution } from '../cloud.js';
import type { Assumptions } from './assumptions.js';
import { isPending, type Executions } from './executions.js';

/** Documented: AWS General Reference, "AWS IoT Jobs limits": it cancels at most 1,000 executions a minute. */
const FASTEST = 1000;
const MINUTE = 60_000;

/** Ends what devices have not ended of a deployment that is over. */
export type Cancellation = ReturnType<typeof createCancellation>;

export function createCancellation(
  { clock, deployments }: Pick<Cloud, 'clock' | 'deployments'>,
  executions: Executions,
  { cancelReachesInProgress }: Pick<Assumptions, 'cancelReachesInProgress'>,
) {
  const isThere = (deployment: Deployment, execution: Execution) =>
    deployments.has(deployment.deploymentId) &&
    deployment.executions.get(execution.thingName) === execution &&
    isPending(execution);

  const cancel = (deployment: Deployment, pending: readonly Execution[]) => {
    for (const execution of pending.slice(0, FASTEST)) {
      if (!isThere(deployment, execution)) continue;
      executions.move(deployment, execution, 'CANCELED');
      executions.wake(execution.thingName);
    }
    const rest = pending.slice(FASTEST);
    if (rest.length > 0) clock.schedule(clock.now() + MINUTE, () => cancel(deployment, rest));
  };

  /** A deployment that has just ended. Its QUEUED executions start no more, even before they are CANCELED. */
  return (deployment: Deployment): void => {
    const pending = [...deployment.executions.values()].filter(isPending);
    // Documented: API model, CancelDeployment: it spares only the devices that have not received the deployment.
    const isReached = ({ status }: Execution) => status === 'QUEUED' || cancelReachesInProgress;
    for (const execution of pending) if (!isReached(execution)) executions.abandon(execution);
    cancel(deployment, pending.filter(isReached));
  };
}
