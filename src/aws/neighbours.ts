import type { NeighbourFacts } from '../domain/preflight/device-kinds.js';
import { isThing, targetOf } from '../domain/target.js';
import type { Greengrass } from './greengrass.js';
import { newestOf } from './groups-around.js';
import type { Iot } from './iot.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
}

interface Around {
  readonly targetArn: string;
  /** ARNs of the groups above the target, whose deployments reach all of its things. */
  readonly ancestors: readonly string[];
  readonly members: readonly string[];
  /** Those of the canary, whose own deployments are read. */
  readonly canary: readonly string[];
}

/** The things of a group that are members too; all of them where the group is above the target. */
async function sharedWith(iot: Iot, group: string, { ancestors, members }: Around) {
  if (ancestors.includes(group)) return members;
  const things = new Set(await iot.thingsIn(targetOf(group).name));
  return members.filter((thing) => things.has(thing));
}

/**
 * The other targets whose deployments reach members of a group, found from the targets' side: one call per 100 targets of the account,
 * and for each other group with a deployment one per 250 of its things. Of deployments to single things only the canary's are read;
 * how many more there are is told.
 */
export async function neighboursOf(
  { greengrass, iot }: Ports,
  around: Around,
): Promise<{ neighbours: NeighbourFacts[]; unread: number }> {
  const { targetArn, members, canary } = around;
  // A subdeployment stands in its parent's place on a device: it adds nothing to it.
  const targets = (await greengrass.latestRevisions())
    .filter((latest) => latest.targetArn !== targetArn && !latest.parentTargetArn)
    .map((latest) => latest.targetArn);
  const groups: [string, readonly string[]][] = [];
  for (const group of targets.filter((arn) => !isThing(arn))) {
    const things = await sharedWith(iot, group, around);
    if (things.length > 0) groups.push([group, things]);
  }
  const isMember = new Set(members);
  const isCanary = new Set(canary);
  const things = targets.filter((arn) => isThing(arn) && isMember.has(targetOf(arn).name));
  const read = things.filter((arn) => isCanary.has(targetOf(arn).name));
  const reached = new Map([
    ...groups,
    ...read.map((arn): [string, readonly string[]] => [arn, [targetOf(arn).name]]),
  ]);
  const found = await newestOf(greengrass, [...reached.keys()]);
  return {
    neighbours: found.map((one) => ({ ...one, things: reached.get(one.targetArn) ?? [] })),
    unread: things.length - read.length,
  };
}
