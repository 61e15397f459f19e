import { checkThingQuery } from '../control-plane/thing-query.js';
import type { FleetSpec, GroupSpec } from '../fleet-file.js';
import type { Problem } from './fleet-file-error.js';
import { devicesOf, membersOf } from './profile.js';

type Groups = FleetSpec['thingGroups'];

const DEVICE_FIELDS = [
  'runtime',
  'platforms',
  'platformOverride',
  'nucleus',
  'online',
  'offline',
  'deploySeconds',
  'clientDevices',
  'attributes',
  'mayListThingGroups',
] as const;
const OWN_FIELDS = ['parent', 'count', 'members', ...DEVICE_FIELDS] as const;

/** As the registry has it: see there. */
const DEPTH = 7;
const CHILDREN = 100;
const GROUPS_PER_THING = 10;

const at = (name: string, field?: string) =>
  `thingGroups.${name}${field === undefined ? '' : `.${field}`}`;

const childrenOf = (groups: Groups, name: string) =>
  Object.keys(groups).filter((child) => groups[child]?.parent === name);

/** The group and its parents up to the root, or up to where they begin again. */
function lineage(groups: Groups, name: string): string[] {
  const names = [name];
  for (let next = groups[name]?.parent; next !== undefined && !names.includes(next);) {
    names.push(next);
    next = groups[next]?.parent;
  }
  return names;
}

/** What is wrong with the groups of a fleet file beyond their fields. */
export function checkGroups(spec: FleetSpec): Problem[] {
  const entries = Object.entries(spec.thingGroups);
  const problems = entries.flatMap(([name, group]) => [
    ...(group.query === undefined
      ? checkMembers(name, group, spec)
      : checkDynamic(name, group, group.query)),
    ...checkParent(name, group, spec.thingGroups),
  ]);
  return problems.length > 0 ? problems : checkThings(spec);
}

function checkDynamic(name: string, group: GroupSpec, query: string): Problem[] {
  const others = OWN_FIELDS.filter((field) => group[field] !== undefined).map((field) => ({
    path: at(name, field),
    problem: 'has no effect on a group with a query, which is dynamic and in no hierarchy',
  }));
  try {
    checkThingQuery(query);
    return others;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [...others, { path: at(name, 'query'), problem: `${JSON.stringify(query)}: ${why}` }];
  }
}

function checkMembers(name: string, group: GroupSpec, spec: FleetSpec): Problem[] {
  const { count, members } = group;
  const isBare = count === undefined && members === undefined;
  if (isBare && childrenOf(spec.thingGroups, name).length === 0)
    return [
      {
        path: at(name),
        problem: 'has neither count nor members, a query or a group below it; write one of them',
      },
    ];
  if (count !== undefined && members !== undefined)
    return [{ path: at(name), problem: 'has both count and members; write one of them' }];
  if (count !== undefined || devicesOf(name, spec).length > 0) return [];
  return DEVICE_FIELDS.filter((field) => group[field] !== undefined).map((field) => ({
    path: at(name, field),
    problem: 'has no effect: every member is a device of another group; write it there',
  }));
}

function checkParent(name: string, { parent }: GroupSpec, groups: Groups): Problem[] {
  if (parent === undefined) return [];
  const path = at(name, 'parent');
  const above = groups[parent];
  if (!above || above.query !== undefined) {
    const possible = Object.keys(groups).filter(
      (each) => each !== name && groups[each]?.query === undefined,
    );
    const what = above ? 'is dynamic and no parent' : 'is no group of this fleet';
    return [{ path, problem: `"${parent}" ${what}; write one of ${possible.join(', ')}` }];
  }
  const names = lineage(groups, name);
  const top = names.at(-1) ?? name;
  if (groups[top]?.parent !== undefined)
    return [{ path, problem: `"${parent}" is below the group itself; write another one` }];
  if (names.length > DEPTH)
    return [{ path, problem: `puts the group ${names.length} levels deep; the most is ${DEPTH}` }];
  const { length } = childrenOf(groups, parent);
  return length > CHILDREN
    ? [{ path, problem: `is the parent of ${length} groups; the most is ${CHILDREN}` }]
    : [];
}

/** Documented: AWS IoT developer guide, "Static thing groups": a thing is in at most 10 groups, and in one of a hierarchy. */
function checkThings(spec: FleetSpec): Problem[] {
  const groupsOf = new Map<string, string[]>();
  const problems: Problem[] = [];
  for (const name of Object.keys(spec.thingGroups)) {
    const top = lineage(spec.thingGroups, name).at(-1);
    for (const thing of membersOf(name, spec)) {
      const groups = groupsOf.get(thing) ?? [];
      groupsOf.set(thing, [...groups, name]);
      const same = groups.find((each) => lineage(spec.thingGroups, each).at(-1) === top);
      const problem =
        same === undefined
          ? groups.length === GROUPS_PER_THING &&
            `${thing} is in ${GROUPS_PER_THING} groups already, the most it can be in`
          : `${thing} is in ${same} already, a group of the same hierarchy`;
      if (problem !== false) problems.push({ path: at(name, 'members'), problem });
    }
  }
  return problems;
}
