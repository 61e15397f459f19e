import type { Leftovers } from '../domain/rollback-return.js';
import type { Standing } from '../domain/rollback.js';
import { isOpen, isThingHeld } from '../domain/rollout-end.js';
import { groupNameOf } from '../domain/rollout-id.js';
import type { Rollout } from '../domain/rollout.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { newestRevision } from './own-deployment.js';
import type { Rollouts } from './rollouts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
}

/** Reads what stands of a rollout: on its target, and its group with what is deployed there. */
export async function readStanding(
  { greengrass, iot }: Ports,
  { rolloutId, targetArn, rolloutGroupName }: Rollout,
): Promise<Standing> {
  const group = await iot.thingGroup(rolloutGroupName);
  return {
    rolloutGroupArn: group?.arn,
    target: await newestRevision(greengrass, rolloutId, targetArn),
    group: group && (await newestRevision(greengrass, rolloutId, group.arn)),
  };
}

/** Whether the rollout that holds a lock is open, or has left its group or its release: else the lock is all that is left of it. */
export async function isHolderStanding(
  { iot, rollouts }: { iot: Iot; rollouts: Rollouts },
  rolloutId: string,
): Promise<boolean> {
  const holder = await rollouts.read(rolloutId);
  if (holder && (isOpen(holder) || isThingHeld(holder))) return true;
  return (await iot.thingGroup(groupNameOf(rolloutId))) !== undefined;
}

/** Deletes what is left over of a rollout. What is gone already is as wanted. */
export async function deleteLeftovers(
  { greengrass, iot }: Ports,
  { rolloutGroupName }: Rollout,
  { deployments, isGroupLeft }: Leftovers,
): Promise<void> {
  for (const deploymentId of deployments) await greengrass.removeDeployment(deploymentId);
  if (isGroupLeft) await iot.deleteThingGroup(rolloutGroupName);
}
