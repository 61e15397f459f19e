import type { Cloud, Thing, ThingGroup } from '../cloud.js';
import { notFound } from '../errors.js';

function found<T>(value: T | undefined, kind: string, name: string): T {
  if (value === undefined) throw notFound(kind, name);
  return value;
}

/** The things and thing groups of the account, and how they nest. It changes no membership by itself. */
export type Registry = ReturnType<typeof createRegistry>;

export function createRegistry({ things, thingGroups }: Pick<Cloud, 'things' | 'thingGroups'>) {
  const thing = (name: string): Thing => found(things.get(name), 'Thing', name);
  const group = (name: string): ThingGroup => found(thingGroups.get(name), 'ThingGroup', name);

  /** The group itself, then its parents up to the root. */
  const lineage = (name: string): ThingGroup[] => {
    const groups: ThingGroup[] = [];
    for (let next: string | undefined = name; next !== undefined;) {
      const each: ThingGroup | undefined = thingGroups.get(next);
      if (!each) break;
      groups.push(each);
      next = each.parentGroupName;
    }
    return groups;
  };

  /** The group and everything below it. */
  const subtree = (name: string): ThingGroup[] => {
    const top = group(name);
    return [top, ...[...top.childGroups].flatMap(subtree)];
  };

  return {
    thing,
    group,
    lineage,
    subtree,

    /** The groups whose deployments apply to a thing: those that it was added to, and their parents. */
    groupsOf(thingName: string): string[] {
      const direct = things.get(thingName)?.groups ?? [];
      const names = [...direct].flatMap((name) => lineage(name).map((each) => each.thingGroupName));
      return [...new Set(names)];
    },

    /** The things of a group, with those of the groups below it if `isRecursive`. */
    thingsOf(groupName: string, isRecursive: boolean): string[] {
      if (!isRecursive) return [...group(groupName).things];
      return [...new Set(subtree(groupName).flatMap((each) => [...each.things]))];
    },

    /** The things of a group and of the groups below it; nobody if there is no such group. */
    membersOf(groupName: string): string[] {
      return thingGroups.has(groupName) ? this.thingsOf(groupName, true) : [];
    },
  };
}
