import type { BehaviourSpec, FleetSpec, GroupSpec, TimelineSpec } from '../fleet-file.js';
import type { Problem } from './fleet-file-error.js';
import { DEFAULT_PLATFORMS, devicesOf } from './profile.js';

const DEVICE_FIELDS = [
  'runtime',
  'platforms',
  'nucleus',
  'online',
  'offline',
  'deploySeconds',
  'clientDevices',
  'mayListThingGroups',
] as const;

/** What no single field can tell: fields that contradict each other, and fields that would have no effect. */
export function crossCheck(spec: FleetSpec): Problem[] {
  const platforms = new Set<string>();
  for (const group of Object.values(spec.thingGroups))
    for (const platform of Object.keys(group.platforms ?? DEFAULT_PLATFORMS))
      platforms.add(platform);
  return [
    ...Object.entries(spec.thingGroups).flatMap(([name, group]) => checkGroup(name, group, spec)),
    ...spec.behaviours.flatMap((rule, index) => checkBehaviour(rule, index, platforms)),
    ...spec.timeline.flatMap((entry, index) => checkTimeline(entry, index, spec)),
  ];
}

function checkGroup(name: string, group: GroupSpec, spec: FleetSpec): Problem[] {
  const path = `thingGroups.${name}`;
  if (group.count === undefined && group.members === undefined)
    return [{ path, problem: 'has neither count nor members; write one of them' }];
  if (group.count !== undefined && group.members !== undefined)
    return [{ path, problem: 'has both count and members; write one of them' }];
  if (group.members === undefined || devicesOf(name, spec).length > 0) return [];
  return DEVICE_FIELDS.filter((field) => group[field] !== undefined).map((field) => ({
    path: `${path}.${field}`,
    problem: 'has no effect: every member is a device of another group; write it there',
  }));
}

const FIELD_OUTCOMES = {
  afterSeconds: ['BROKEN', 'ERRORED', 'OFFLINE'],
  errors: ['ERRORED'],
  everySeconds: ['BROKEN', 'ERRORED'],
  deferSeconds: ['DEFERS'],
  times: ['DEFERS'],
  detailedStatus: ['FAILED'],
  errorStack: ['FAILED', 'REJECTED'],
  errorTypes: ['FAILED', 'REJECTED'],
} as const;

/** `A, B or C`. */
const anyOf = (names: readonly string[]) =>
  [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' or ');

const FIELDS = [
  'afterSeconds',
  'errors',
  'everySeconds',
  'deferSeconds',
  'times',
  'detailedStatus',
  'errorStack',
  'errorTypes',
] as const satisfies readonly (keyof typeof FIELD_OUTCOMES)[];

function checkBehaviour(
  rule: BehaviourSpec,
  index: number,
  platforms: ReadonlySet<string>,
): Problem[] {
  const problems: Problem[] = [];
  for (const field of FIELDS) {
    const outcomes: readonly string[] = FIELD_OUTCOMES[field];
    if (rule[field] !== undefined && !outcomes.includes(rule.outcome))
      problems.push({
        path: `behaviours[${index}].${field}`,
        problem: `has no effect with outcome ${rule.outcome}; write it with ${anyOf(outcomes)}`,
      });
  }
  if (rule.platform !== undefined && !platforms.has(rule.platform))
    problems.push({
      path: `behaviours[${index}].platform`,
      problem: `"${rule.platform}" is no platform of this fleet; write one of ${[...platforms].join(', ')}`,
    });
  return problems;
}

function checkTimeline(entry: TimelineSpec, index: number, spec: FleetSpec): Problem[] {
  const path = `timeline[${index}]`;
  const { does, group, things, component } = entry;
  const problems: Problem[] = [];
  if (group !== undefined && !(group in spec.thingGroups))
    problems.push({
      path: `${path}.group`,
      problem: `"${group}" is no group of this fleet; write one of ${Object.keys(spec.thingGroups).join(', ')}`,
    });
  if (does === 'join' && (group === undefined || things === undefined))
    problems.push({ path, problem: 'joins; write the group and the things that join it' });
  if (does === 'leave' && group === undefined)
    problems.push({ path, problem: 'leaves; write the group that is left' });
  if (group === undefined && things === undefined)
    problems.push({ path, problem: 'concerns nobody; write a group or things' });
  if ((does === 'break') !== (component !== undefined))
    problems.push({
      path: `${path}.component`,
      problem:
        does === 'break'
          ? 'is missing; write the component that breaks'
          : `has no effect with does: ${does}; write it with break`,
    });
  return problems;
}
