import { hitDevices, type DeviceExecution } from '../domain/rollback.js';
import { devicesToAsk, isOnBaseline } from '../domain/rollback-return.js';
import type { Rollout } from '../domain/rollout.js';
import { executionsOf, membersOf } from './delivery.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';

/** The devices that got the release, by what they made of the rollout group's deployment and, once it was promoted, of the target's. */
export async function readHitDevices(
  ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts },
  rollout: Rollout,
  at: number,
): Promise<string[]> {
  const { rolloutId, deploymentId, jobId, targetDeploymentId, targetJobId } = rollout;
  const deployed = [
    { deploymentId, jobId },
    { deploymentId: targetDeploymentId, jobId: targetJobId },
  ];
  const executions: DeviceExecution[] = [];
  for (const each of deployed) executions.push(...(await executionsOf(ports, rollout, each, at)));
  const drained = await ports.rollouts.names(rolloutId, 'DRAIN');
  const members =
    targetDeploymentId === undefined
      ? await ports.iot.thingsIn(rollout.rolloutGroupName)
      : await membersOf(ports.iot, rollout.targetArn);
  return hitDevices(rollout, { executions, drained, members });
}

/** Asks the hit devices that have newly succeeded at the revert what they run; answers all that are back by now. */
export async function readReturned(
  { greengrass, rollouts }: { greengrass: Greengrass; rollouts: Rollouts },
  rollout: Rollout,
  hit: readonly string[],
  executions: readonly DeviceExecution[],
): Promise<string[]> {
  const { rolloutId } = rollout;
  const returned = await rollouts.names(rolloutId, 'RETURNED');
  const back: string[] = [];
  for (const thing of devicesToAsk(hit, new Set(returned), executions))
    if (isOnBaseline(rollout, await greengrass.installedVersions(thing))) back.push(thing);
  if (back.length > 0)
    await rollouts.saveNames(rolloutId, 'RETURNED', [...returned, ...back].sort());
  return [...returned, ...back];
}
