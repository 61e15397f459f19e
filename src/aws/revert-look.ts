import type { DeviceExecution } from '../domain/rollback.js';
import { returningByCounts } from '../domain/rollback-return.js';
import type { Rollout } from '../domain/rollout.js';
import { isThing } from '../domain/target.js';
import { executionsOf } from './delivery.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { newestRevision } from './own-deployment.js';

/** What a look saw of the revert. */
export interface SeenRevert {
  /** Nobody has ended it. */
  readonly isActive: boolean;
  /** How many are to be waited for by the counts alone; undefined: the executions are to be looked at one by one. */
  readonly early: number | undefined;
  readonly executions: readonly DeviceExecution[];
}

async function stateOf(
  { greengrass, iot }: { greengrass: Greengrass; iot: Iot },
  rollout: Rollout,
  at: number,
): Promise<Omit<SeenRevert, 'executions'>> {
  const { rolloutId, targetArn, revertDeploymentId, revertJobId } = rollout;
  if (isThing(targetArn)) {
    const newest = await newestRevision(greengrass, rolloutId, targetArn);
    const isActive = newest?.deploymentId === revertDeploymentId && newest?.isInForce === true;
    return { isActive, early: undefined };
  }
  if (revertJobId === undefined) return { isActive: false, early: undefined };
  const { status, counts } = await iot.job(revertJobId);
  const isActive = status === 'IN_PROGRESS';
  return { isActive, early: isActive ? returningByCounts(rollout, counts, at) : undefined };
}

/** One look at the revert. Device by device only once the counts say that few are at work. */
export async function observeRevert(
  ports: { greengrass: Greengrass; iot: Iot },
  rollout: Rollout,
  at: number,
): Promise<SeenRevert> {
  const state = await stateOf(ports, rollout, at);
  if (state.early !== undefined) return { ...state, executions: [] };
  const { revertDeploymentId: deploymentId, revertJobId: jobId } = rollout;
  const executions = await executionsOf(ports, rollout, { deploymentId, jobId }, at);
  return { ...state, executions };
}
