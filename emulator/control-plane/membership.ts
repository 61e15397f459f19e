import type { Cloud, Thing, ThingGroup } from '../cloud.js';
import type { Deployments } from './deployments.js';
import { createDynamicGroups } from './dynamic-groups.js';
import { groupsAfter, type Move } from './groups-after.js';
import type { Registry } from './registry.js';

/** Who is in which thing group; a change reaches the deployments of the groups concerned. */
export type Membership = ReturnType<typeof createMembership>;

const missing = (from: readonly string[], other: readonly string[]) =>
  from.filter((name) => !other.includes(name));

/** Moves things in and out of groups without asking. */
function createMoves(registry: Registry, deployments: Deployments) {
  const move = ({ thingName }: Thing, change: () => void) => {
    const before = registry.groupsOf(thingName);
    change();
    const after = registry.groupsOf(thingName);
    deployments.leave(thingName, missing(before, after));
    deployments.join(thingName, missing(after, before));
  };
  return {
    enter: (thing: Thing, group: ThingGroup) =>
      move(thing, () => {
        thing.groups.add(group.thingGroupName);
        group.things.add(thing.thingName);
      }),
    exit: (thing: Thing, group: ThingGroup) =>
      move(thing, () => {
        thing.groups.delete(group.thingGroupName);
        group.things.delete(thing.thingName);
      }),
  };
}

export function createMembership(
  cloud: Pick<Cloud, 'things' | 'thingGroups' | 'clock'>,
  registry: Registry,
  deployments: Deployments,
) {
  const { things, thingGroups } = cloud;
  const { enter, exit } = createMoves(registry, deployments);
  const dynamicGroups = createDynamicGroups(cloud, registry, { enter, leave: exit });

  return {
    dynamicGroups,

    /** Takes a thing out of groups and puts it into others, all of it or nothing; what is so already changes nothing. */
    move(thingName: string, change: Move): void {
      const thing = registry.thing(thingName);
      const before = [...thing.groups];
      const after = [...groupsAfter(registry, thing, change)];
      for (const name of missing(before, after)) exit(thing, registry.group(name));
      for (const name of missing(after, before)) enter(thing, registry.group(name));
      dynamicGroups.refresh(thing);
    },

    /** Documented: AWS IoT developer guide, "Jobs": its executions are REMOVED. What Greengrass knows of it stays. */
    deleteThing(thingName: string): void {
      const thing = registry.thing(thingName);
      for (const groupName of thing.groups) exit(thing, registry.group(groupName));
      things.delete(thingName);
    },

    deleteGroup(groupName: string): void {
      const group = registry.group(groupName);
      const { parentGroupName } = group;
      const members = [...group.things].map(registry.thing);
      dynamicGroups.forget(group);
      for (const thing of members) exit(thing, group);
      thingGroups.delete(groupName);
      if (parentGroupName !== undefined)
        thingGroups.get(parentGroupName)?.childGroups.delete(groupName);
      for (const thing of members) dynamicGroups.refresh(thing);
    },
  };
}
