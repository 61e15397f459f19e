import type { InstalledVersions } from '../domain/rollback-return.js';
import type { Rollout } from '../domain/rollout.js';
import { stragglersToAsk, type SeenStragglers } from '../domain/sweep.js';
import { executionsOf, membersOf } from './delivery.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { newestRevision } from './own-deployment.js';

/** Looks after the stragglers of a rollout that has ended. */
export async function observeStragglers(
  { greengrass, iot }: { greengrass: Greengrass; iot: Iot },
  rollout: Rollout,
  at: number,
): Promise<SeenStragglers> {
  const { rolloutId, targetArn, targetDeploymentId, rolloutGroupArn } = rollout;
  const where = targetDeploymentId === undefined ? (rolloutGroupArn ?? targetArn) : targetArn;
  const newest = await newestRevision(greengrass, rolloutId, where);
  const isRevertInForce =
    newest !== undefined && newest.deploymentId === rollout.revertDeploymentId && newest.isInForce;
  const executions = isRevertInForce
    ? await executionsOf({ greengrass, iot }, rollout, newest, at)
    : [];
  const installed = new Map<string, InstalledVersions>();
  for (const thing of stragglersToAsk(rollout, executions))
    installed.set(thing, await greengrass.installedVersions(thing));
  const members = new Set(await membersOf(iot, targetArn));
  const since = Date.parse(rollout.endedAt ?? rollout.startedAt);
  return { at, since, isRevertInForce, members, executions, installed };
}
