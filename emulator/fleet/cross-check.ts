import type { BehaviourSpec, FleetSpec, TimelineSpec } from '../fleet-file.js';
import { statusProblems } from '../status-change.js';
import { checkGroups } from './cross-check-groups.js';
import type { Problem } from './fleet-file-error.js';
import { DEFAULT_PLATFORMS } from './profile.js';

/** What no single field can tell: fields that contradict each other, and fields that would have no effect. */
export function crossCheck(spec: FleetSpec): Problem[] {
  const platforms = new Set<string>();
  for (const group of Object.values(spec.thingGroups))
    for (const platform of Object.keys(group.platforms ?? DEFAULT_PLATFORMS))
      platforms.add(platform);
  return [
    ...checkGroups(spec),
    ...checkComponentStates(spec),
    ...spec.behaviours.flatMap((rule, index) => checkBehaviour(rule, index, platforms)),
    ...spec.timeline.flatMap((entry, index) => checkTimeline(entry, index, spec)),
  ];
}

function checkComponentStates({ componentStates }: FleetSpec): Problem[] {
  return componentStates.flatMap((entry, index) => {
    const path = `componentStates[${index}]`;
    const before = componentStates.findIndex(
      ({ component, version }) => component === entry.component && version === entry.version,
    );
    const problems = statusProblems(entry).map(({ field, problem }) => ({
      path: field === undefined ? path : `${path}.${field}`,
      problem,
    }));
    return before === index
      ? problems
      : [{ path, problem: `is of the same version as componentStates[${before}]; write one` }];
  });
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

/** Documented: nucleus source, DeploymentErrorCodeUtils and DeploymentService: what an error stack begins with. */
const FIRST_CODE: Readonly<Partial<Record<BehaviourSpec['outcome'], string>>> = {
  FAILED: 'DEPLOYMENT_FAILURE',
  REJECTED: 'DEPLOYMENT_REJECTED',
};

function checkStack({ outcome, errorStack }: BehaviourSpec, path: string): Problem[] {
  const first = FIRST_CODE[outcome];
  if (errorStack === undefined || first === undefined || errorStack[0] === first) return [];
  const written = JSON.stringify(errorStack);
  const problem = `${written} is not right; with outcome ${outcome} write ${first} first`;
  return [{ path, problem }];
}

function checkBehaviour(
  rule: BehaviourSpec,
  index: number,
  platforms: ReadonlySet<string>,
): Problem[] {
  const problems = checkStack(rule, `behaviours[${index}].errorStack`);
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
  const { group, things } = entry;
  const problems = [
    checkNamedGroup(entry, `${path}.group`, spec),
    checkMove(entry, path),
    group === undefined &&
      things === undefined && { path, problem: 'concerns nobody; write a group or things' },
    checkBroken(entry, `${path}.component`),
  ];
  return problems.filter((problem) => problem !== false);
}

function checkNamedGroup(
  { does, group }: TimelineSpec,
  path: string,
  { thingGroups }: FleetSpec,
): Problem | false {
  if (group === undefined) return false;
  const names = Object.keys(thingGroups).join(', ');
  const found = thingGroups[group];
  if (!found)
    return { path, problem: `"${group}" is no group of this fleet; write one of ${names}` };
  const isMove = does === 'join' || does === 'leave';
  return (
    isMove &&
    found.query !== undefined && {
      path,
      problem: `"${group}" is dynamic: its query says who is in it; write another group`,
    }
  );
}

function checkMove({ does, group, things }: TimelineSpec, path: string): Problem | false {
  if (does === 'join' && (group === undefined || things === undefined))
    return { path, problem: 'joins; write the group and the things that join it' };
  return (
    does === 'leave' &&
    group === undefined && { path, problem: 'leaves; write the group that is left' }
  );
}

function checkBroken({ does, component }: TimelineSpec, path: string): Problem | false {
  if ((does === 'break') === (component !== undefined)) return false;
  const problem =
    does === 'break'
      ? 'is missing; write the component that breaks'
      : `has no effect with does: ${does}; write it with break`;
  return { path, problem };
}
