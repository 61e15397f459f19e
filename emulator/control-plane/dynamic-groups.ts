import type { Clock } from '../clock.js';
import type { Cloud, Thing, ThingGroup } from '../cloud.js';
import { invalidRequest } from '../errors.js';
import { isFull } from './registry-checks.js';
import type { Registry } from './registry.js';
import { checkThingQuery, parseThingQuery } from './thing-query.js';

/** Who belongs to which dynamic group, by their queries. */
export type DynamicGroups = ReturnType<typeof createDynamicGroups>;

/** Documented: AWS General Reference, "AWS IoT Core thing group limits": an account has at most 100. */
const MOST_GROUPS = 100;
/** Assumed: so long a new query is BUILDING, and the group as it was. */
const BUILDING_MS = 5000;
/** A group's query may be about other groups; each round settles one more of them. */
const MOST_ROUNDS = 10;

interface Moves {
  enter(thing: Thing, group: ThingGroup): void;
  leave(thing: Thing, group: ThingGroup): void;
}

export function createDynamicGroups(
  { things, clock }: Pick<Cloud, 'things'> & { readonly clock: Clock },
  registry: Registry,
  moves: Moves,
) {
  const groups = new Map<ThingGroup, (thing: Thing) => boolean>();

  /** Whether anything changed. */
  const settle = (thing: Thing): boolean => {
    let isChanged = false;
    for (const [group, fits] of groups) {
      const isMember = thing.groups.has(group.thingGroupName);
      // Documented: AWS IoT developer guide, "Dynamic thing groups": a thing that is in 10 groups is not taken in.
      if (isMember === fits(thing) || (!isMember && isFull(thing))) continue;
      if (isMember) moves.leave(thing, group);
      else moves.enter(thing, group);
      isChanged = true;
    }
    return isChanged;
  };

  /** Assumed: a change is indexed at once. */
  const refresh = (thing: Thing): void => {
    for (let round = 0; groups.size > 0 && round < MOST_ROUNDS; round += 1)
      if (!settle(thing)) return;
  };

  const build = (group: ThingGroup, queryString: string, fits: (thing: Thing) => boolean) => {
    group.dynamic = { queryString, isBuilt: true };
    groups.set(group, fits);
    for (const thing of things.values()) refresh(thing);
  };

  return {
    refresh,

    /** Refuses a query that can't be read, and a group more than an account may have. */
    check(queryString: string): void {
      checkThingQuery(queryString);
      if (groups.size >= MOST_GROUPS)
        throw invalidRequest(`There are ${MOST_GROUPS} dynamic thing groups already`);
    },

    /** Gives a group its query, or another one; throws InvalidQueryException. */
    setQuery(group: ThingGroup, queryString: string, { atOnce }: { atOnce: boolean }): void {
      const fits = parseThingQuery(registry, queryString);
      if (atOnce) {
        build(group, queryString, fits);
        return;
      }
      const dynamic = { queryString, isBuilt: false };
      group.dynamic = dynamic;
      if (!groups.has(group)) groups.set(group, () => false);
      clock.schedule(clock.now() + BUILDING_MS, () => {
        if (group.dynamic === dynamic) build(group, queryString, fits);
      });
    },

    forget(group: ThingGroup): void {
      group.dynamic = undefined;
      groups.delete(group);
    },
  };
}
