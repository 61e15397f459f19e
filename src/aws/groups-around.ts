import type { OtherDeployment } from '../domain/thing-plan.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';

/** ARNs of the groups whose deployments apply to a thing: those that it is in, and those above them. */
export async function groupsAround(iot: Iot, thing: string): Promise<string[]> {
  const names = await iot.groupsOf(thing);
  const groups = await Promise.all(names.map((name) => iot.thingGroup(name)));
  return [...new Set(groups.flatMap((group) => (group ? [group.arn, ...group.ancestors] : [])))];
}

/** The newest deployment of each of these groups: whatever became of it, the device may run it. */
export async function newestOf(
  greengrass: Greengrass,
  groups: readonly string[],
): Promise<OtherDeployment[]> {
  const found = [];
  for (const targetArn of groups) {
    const latest = await greengrass.latestRevision(targetArn);
    if (!latest) continue;
    const { deploymentId } = latest;
    found.push({ targetArn, deploymentId, document: await greengrass.document(deploymentId) });
  }
  return found;
}
