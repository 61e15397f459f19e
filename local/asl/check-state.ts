import { expressionProblem, type StatesMember } from './check-expression.js';
import type { StateFields } from './definition.js';
import { isExpression } from './jsonata-expression.js';
import { argumentNames, parseResource } from './resource.js';

/** What a JSONPath state may have to mean the same as in JSONata. */
const SAME_IN_BOTH = new Set([
  'Type',
  'Comment',
  'QueryLanguage',
  'Next',
  'End',
  'Error',
  'Cause',
  'Seconds',
  'Timestamp',
]);
const PLAIN_TYPES = new Set(['Pass', 'Succeed', 'Fail', 'Wait']);

const RESULT: readonly StatesMember[] = ['result'];
const NOTHING: readonly StatesMember[] = [];

/** Each value of a state that may hold expressions, with its field and what it may read. */
type Templates = (readonly [field: string, value: unknown, allowed: readonly StatesMember[]])[];

function templateProblem(
  value: unknown,
  field: string,
  allowed: readonly StatesMember[],
): string | undefined {
  if (typeof value === 'string') {
    if (isExpression(value)) {
      const problem = expressionProblem(value, allowed);
      return problem && `field '${field}': ${problem}`;
    }
    return value.startsWith('{%') || value.endsWith('%}')
      ? `field '${field}': an expression starts with {% and ends with %}`
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${field}[${key}]` : `${field}/${key}`;
    const problem = templateProblem(member, place, allowed);
    if (problem) return problem;
  }
  return undefined;
}

const MEMBERS_WITH_RESULT = new Set(['Task', 'Parallel', 'Map']);
const WITHOUT_EXPRESSIONS = new Set([
  'Comment',
  'Type',
  'Next',
  'Default',
  'Choices',
  'Catch',
  'Retry',
  'Branches',
  'ItemProcessor',
]);

function templatesOf(state: StateFields): Templates {
  const after = MEMBERS_WITH_RESULT.has(state.Type) ? RESULT : NOTHING;
  const fields: Templates = Object.entries(state)
    .filter(([field]) => !WITHOUT_EXPRESSIONS.has(field))
    .map(([field, value]) => [
      field,
      value,
      field === 'Output' || field === 'Assign' ? after : NOTHING,
    ]);
  const choices = state.Type === 'Choice' ? state.Choices : [];
  const catchers = 'Catch' in state ? (state.Catch ?? []) : [];
  return [
    ...fields,
    ...choices.flatMap((rule, i): Templates => [
      [`Choices[${i}]/Condition`, rule.Condition, NOTHING],
      [`Choices[${i}]/Assign`, rule.Assign, NOTHING],
      [`Choices[${i}]/Output`, rule.Output, NOTHING],
    ]),
    ...catchers.flatMap((catcher, i): Templates => [
      [`Catch[${i}]/Assign`, catcher.Assign, ['errorOutput']],
      [`Catch[${i}]/Output`, catcher.Output, ['errorOutput']],
    ]),
  ];
}

function languageProblem(
  state: StateFields,
  machineLanguage: 'JSONata' | 'JSONPath',
): string | undefined {
  const language = state.QueryLanguage ?? machineLanguage;
  if (language === 'JSONata') return undefined;
  // Observed (ValidateStateMachineDefinition, by others): AWS refuses it as well.
  if (machineLanguage === 'JSONata')
    return "field 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine";
  const strange = Object.keys(state).find((field) => !SAME_IN_BOTH.has(field));
  const hasExpression = Object.values(state).some(
    (value) => typeof value === 'string' && value.includes('{%'),
  );
  return PLAIN_TYPES.has(state.Type) && strange === undefined && !hasExpression
    ? undefined
    : `field 'QueryLanguage': only JSONata runs here, and this ${state.Type} state is in JSONPath`;
}

function taskProblem(state: Extract<StateFields, { Type: 'Task' }>): string | undefined {
  const resource = parseResource(state.Resource);
  if (!resource) return `field 'Resource': '${state.Resource}' does not run here`;
  const names = argumentNames(resource);
  if (names === undefined) return undefined;
  const given = state.Arguments;
  if (typeof given === 'string' && isExpression(given)) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return "field 'Arguments' must be an object or a JSONata expression";
  const strange = Object.keys(given).find((name) => !names.includes(name));
  if (strange !== undefined) return `field 'Arguments/${strange}' is not supported`;
  return 'InvocationType' in given && given['InvocationType'] !== 'RequestResponse'
    ? "field 'Arguments/InvocationType': only RequestResponse runs here"
    : undefined;
}

function attemptsProblem(state: StateFields): string | undefined {
  if (!('Retry' in state || 'Catch' in state)) return undefined;
  for (const [field, rules] of [
    ['Retry', state.Retry],
    ['Catch', state.Catch],
  ] as const) {
    const wrong = (rules ?? []).findIndex(
      ({ ErrorEquals }, i, all) =>
        ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || i < all.length - 1),
    );
    if (wrong >= 0)
      return `field '${field}[${wrong}]/ErrorEquals': States.ALL stands alone and last`;
  }
  return undefined;
}

function fieldProblem(state: StateFields): string | undefined {
  const problem = state.Type === 'Task' ? taskProblem(state) : undefined;
  if (problem) return problem;
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined))
    return "field 'Seconds': a Wait state has either Seconds or Timestamp";
  if (state.Type === 'Succeed' || state.Type === 'Fail' || state.Type === 'Choice')
    return undefined;
  if ((state.Next === undefined) !== (state.End === true))
    return `field 'Next': a ${state.Type} state has either Next or End: true`;
  return undefined;
}

/**
 * What keeps a state from running here, naming the field, or undefined. `machineLanguage` is what a state without
 * `QueryLanguage` is written in, also inside a Parallel or Map state.
 */
export function checkState(
  state: StateFields,
  machineLanguage: 'JSONata' | 'JSONPath',
): string | undefined {
  const problem =
    languageProblem(state, machineLanguage) ?? fieldProblem(state) ?? attemptsProblem(state);
  if (problem) return problem;
  if ((state.QueryLanguage ?? machineLanguage) === 'JSONPath') return undefined;
  for (const [field, value, allowed] of templatesOf(state)) {
    const wrong = templateProblem(value, field, allowed);
    if (wrong) return wrong;
  }
  return undefined;
}
