import type { Cloud, Thing, ThingGroup } from '../cloud.js';
import { invalidRequest, notFound } from '../errors.js';

// Documented: a thing is in at most 10 groups; groups nest 7 deep, with at most 100 direct children.
const GROUPS_PER_THING = 10;
const DEPTH = 7;
const CHILDREN = 100;

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

  const rootOf = (name: string) => lineage(name).at(-1)?.thingGroupName;

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

    /** Refuses a membership that the registry would refuse. */
    checkMembership({ thingName, groups }: Thing, { thingGroupName }: ThingGroup): void {
      // Documented: the text on overrideDynamicGroups names the limit. Assumed: InvalidRequestException.
      if (groups.size >= GROUPS_PER_THING)
        throw invalidRequest(
          `Thing ${thingName} is already in ${GROUPS_PER_THING} thing groups, the most it can be in`,
        );
      // Documented: a thing can't be in two groups of one hierarchy.
      const root = rootOf(thingGroupName);
      const other = [...groups].find((name) => rootOf(name) === root);
      if (other !== undefined)
        throw invalidRequest(
          `Thing ${thingName} is already in thing group ${other} of the same hierarchy`,
        );
    },

    /** Refuses a child group that would nest too deep, or be one too many. */
    checkParent(parentGroupName: string): void {
      const { childGroups } = group(parentGroupName);
      if (childGroups.size >= CHILDREN)
        throw invalidRequest(`Thing group ${parentGroupName} already has ${CHILDREN} child groups`);
      if (lineage(parentGroupName).length >= DEPTH)
        throw invalidRequest(`Thing groups nest at most ${DEPTH} levels deep`);
    },
  };
}
