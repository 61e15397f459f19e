import { checkMembership, checkStatic, dynamicInTheWay } from './registry-checks.js';
import type { Registry } from './registry.js';

/** Refuses to take a thing out of some groups and put it into others if one of them couldn't be done. */
export function checkMove(
  registry: Registry,
  thingName: string,
  from: readonly string[],
  to: readonly string[],
  overridesDynamic = false,
): void {
  const thing = registry.thing(thingName);
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
}
