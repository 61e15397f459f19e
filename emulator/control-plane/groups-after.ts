import type { Thing } from '../cloud.js';
import { checkMembership, checkStatic, dynamicInTheWay } from './registry-checks.js';
import type { Registry } from './registry.js';

/** A change of the groups that a thing is in, by their names. */
export interface Move {
  readonly from?: readonly string[] | undefined;
  readonly to?: readonly string[] | undefined;
  /** Whether a dynamic group makes room where the thing is in as many as it can be. */
  readonly overridesDynamic?: boolean | undefined;
}

/** The groups that a thing is in after a change; refuses one of which a part couldn't be done. */
export function groupsAfter(
  registry: Registry,
  thing: Thing,
  { from = [], to = [], overridesDynamic = false }: Move,
): ReadonlySet<string> {
  const moved = { ...thing, groups: new Set(thing.groups) };
  for (const name of from) {
    checkStatic(registry.group(name));
    moved.groups.delete(name);
  }
  for (const name of to) {
    const group = registry.group(name);
    checkStatic(group);
    if (moved.groups.has(name)) continue;
    const last = overridesDynamic ? dynamicInTheWay(registry, moved) : undefined;
    if (last) moved.groups.delete(last.thingGroupName);
    checkMembership(registry, moved, group);
    moved.groups.add(name);
  }
  return moved.groups;
}
