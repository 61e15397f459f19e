import type { Cancel } from '../clock.js';
import type { Cloud, Deployment, Execution, ExecutionStatus, FleetSide } from '../cloud.js';
import { ExecutionIndex } from './execution-index.js';

type Change = Partial<
  Pick<
    Execution,
    'startedAt' | 'isForceCanceled' | 'details' | 'reason' | 'errorStack' | 'errorTypes'
  >
>;
type Moved = (deployment: Deployment, execution: Execution) => void;

const MINUTE = 60_000;

const isPendingStatus = (status: ExecutionStatus) =>
  status === 'QUEUED' || status === 'IN_PROGRESS';

/** Whether a device has still to do something about it. */
export const isPending = ({ status }: Execution): boolean => isPendingStatus(status);

/**
 * The job executions of all deployments, with an index by thing: no question about one device looks at all
 * deployments, and none about a deployment's counts at all its devices.
 */
export class Executions {
  readonly #cloud: Pick<Cloud, 'clock' | 'deployments'>;
  readonly #fleet: FleetSide;
  readonly #moved: Moved;
  readonly #all: ExecutionIndex;
  readonly #pending: ExecutionIndex;
  readonly #timeouts = new Map<Execution, Cancel>();

  /** `moved` runs after an execution has reached another status. */
  constructor(cloud: Pick<Cloud, 'clock' | 'deployments'>, fleet: FleetSide, moved: Moved) {
    this.#cloud = cloud;
    this.#fleet = fleet;
    this.#moved = moved;
    this.#all = new ExecutionIndex(cloud);
    this.#pending = new ExecutionIndex(cloud);
  }

  /** All executions of a thing, oldest deployment first. */
  ofThing(thingName: string): readonly Execution[] {
    return this.#all.of(thingName);
  }

  /** What a thing has still to do, oldest deployment first. */
  pendingOf(thingName: string): readonly Execution[] {
    return this.#pending.of(thingName);
  }

  /** The deployment, if it still takes this execution's updates. */
  openDeployment(execution: Execution): Deployment | undefined {
    const deployment = this.#cloud.deployments.get(execution.deploymentId);
    const isCurrent = deployment?.executions.get(execution.thingName) === execution;
    return deployment?.status === 'ACTIVE' && isCurrent ? deployment : undefined;
  }

  /**
   * The thing deployment whose shadow this execution is.
   * Assumed: a shadow takes what its device reports whatever has become of the deployment.
   */
  shadowOf(execution: Execution): Deployment | undefined {
    const deployment = this.#cloud.deployments.get(execution.deploymentId);
    const isCurrent = deployment?.executions.get(execution.thingName) === execution;
    return isCurrent && deployment.jobId === undefined ? deployment : undefined;
  }

  /** Queues a deployment for a thing; one that it has had before runs again. */
  queue(deployment: Deployment, thingName: string): void {
    const former = deployment.executions.get(thingName);
    if (former) {
      deployment.counts[former.status] -= 1;
      deployment.executions.delete(thingName);
      this.#drop(former);
    }
    const now = this.#cloud.clock.now();
    const execution: Execution = {
      deploymentId: deployment.deploymentId,
      thingName,
      executionNumber: (former?.executionNumber ?? 0) + 1,
      queuedAt: now,
      status: 'QUEUED',
      startedAt: undefined,
      lastUpdatedAt: now,
      isForceCanceled: false,
      details: {},
      reason: undefined,
      errorStack: [],
      errorTypes: [],
    };
    deployment.executions.set(thingName, execution);
    deployment.counts.QUEUED += 1;
    this.#all.add(execution);
    this.#pending.add(execution);
    this.wake(thingName);
  }

  /** QUEUED to IN_PROGRESS; from now on the deployment's timeout runs. */
  start(deployment: Deployment, execution: Execution): void {
    const { clock } = this.#cloud;
    this.move(deployment, execution, 'IN_PROGRESS', { startedAt: clock.now() });
    const minutes = deployment.iotJobConfiguration?.timeoutConfig?.inProgressTimeoutInMinutes;
    // Documented: API model, IoTJobTimeoutConfig: only a job has the timeout; a thing's shadow has none.
    if (minutes === undefined || deployment.jobId === undefined) return;
    const timeOut = () => {
      this.move(deployment, execution, 'TIMED_OUT');
      this.wake(execution.thingName);
    };
    this.#timeouts.set(execution, clock.schedule(clock.now() + minutes * MINUTE, timeOut));
  }

  /** Gives an execution another status. */
  move(
    deployment: Deployment,
    execution: Execution,
    status: ExecutionStatus,
    change: Change = {},
  ): void {
    deployment.counts[execution.status] -= 1;
    deployment.counts[status] += 1;
    Object.assign(execution, change, { status, lastUpdatedAt: this.#cloud.clock.now() });
    if (!isPendingStatus(status)) this.#release(execution);
    this.#moved(deployment, execution);
  }

  /** Takes an execution off the thing's list without another status: it takes no more updates. */
  abandon(execution: Execution): void {
    this.#release(execution);
    this.wake(execution.thingName);
  }

  /** Forgets the executions of a deployment that is being deleted. */
  forget(deployment: Deployment): void {
    for (const execution of deployment.executions.values()) this.#drop(execution);
  }

  /** Tells a device that there may be something new for it. */
  wake(thingName: string): void {
    this.#fleet.wake(thingName);
  }

  #release(execution: Execution): void {
    this.#pending.remove(execution);
    this.#timeouts.get(execution)?.();
    this.#timeouts.delete(execution);
  }

  #drop(execution: Execution): void {
    this.#all.remove(execution);
    this.#release(execution);
  }
}
