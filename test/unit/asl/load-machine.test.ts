import { expect, test } from '@jest/globals';
import { loadMachine } from '../../../local/asl/load-machine.js';
import { functionArn, machine } from './run-machine.js';

const end = { End: true };
const work = (more: object) =>
  machine({ Work: { Type: 'Task', Resource: functionArn('work'), ...end, ...more } });
const pass = (more: object) => machine({ Only: { Type: 'Pass', ...end, ...more } });
const inner = { StartAt: 'In', States: { In: { Type: 'Pass', ...end } } };

test.each<[what: string, definition: unknown, message: string]>([
  ['an unknown field', pass({ Result: 1 }), "State 'Only': field 'Result' is not supported"],
  [
    'a JSONPath state',
    { StartAt: 'Only', States: { Only: { Type: 'Pass', ...end, Output: 1 } } },
    "State 'Only': field 'QueryLanguage': only JSONata runs here, and this Pass state is in JSONPath",
  ],
  [
    'a JSONPath Choice',
    {
      StartAt: 'Only',
      States: {
        Only: { Type: 'Choice', Choices: [{ Condition: true, Next: 'End' }] },
        End: { Type: 'Succeed' },
      },
    },
    "State 'Only': field 'QueryLanguage': only JSONata runs here, and this Choice state is in JSONPath",
  ],
  [
    'a distributed Map',
    machine({
      Each: {
        Type: 'Map',
        ...end,
        ItemProcessor: {
          ...inner,
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        },
      },
    }),
    "State 'Each', ItemProcessor: field 'ProcessorConfig/Mode' only the mode INLINE runs here",
  ],
  [
    'a batcher',
    machine({ Each: { Type: 'Map', ...end, ItemProcessor: inner, ItemBatcher: {} } }),
    "State 'Each': field 'ItemBatcher' is not supported",
  ],
  [
    'a resource of another service',
    work({ Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: {} }),
    "State 'Work': field 'Resource': 'arn:aws:states:::sqs:sendMessage' does not run here",
  ],
  [
    'a hole that nobody filled',
    work({ Resource: '${WorkArn}' }),
    "State 'Work': field 'Resource': '${WorkArn}' does not run here",
  ],
  [
    'an argument that an integration does not take',
    work({
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'work', LogType: 'Tail' },
    }),
    "State 'Work': field 'Arguments/LogType' is not supported",
  ],
  [
    'an expression that is none',
    work({ Arguments: { a: '{% $states.input.( %}' } }),
    "State 'Work': field 'Arguments/a': '$states.input.(' is not a JSONata expression: Expected \")\" before end of expression",
  ],
  [
    'a name without a variable',
    pass({ Output: { list: ['{% phone %}'] } }),
    "State 'Only': field 'Output/list[0]': Reference to 'phone' at the top level is not supported.",
  ],
  [
    'a result where there is none',
    pass({ Output: '{% $states.result %}' }),
    "State 'Only': field 'Output': '$states.result' is not available here, only $states.input, $states.context.",
  ],
  [
    'an expression with one brace',
    pass({ Output: '{% $states.input' }),
    "State 'Only': field 'Output': an expression starts with {% and ends with %}",
  ],
  [
    '$eval',
    pass({ Output: "{% $eval('1') %}" }),
    "State 'Only': field 'Output': The function '$eval' is not supported.",
  ],
  [
    'a reserved variable',
    pass({ Assign: { states: 1 } }),
    "State 'Only': field 'Assign/states' Invalid key in record",
  ],
  [
    'States.ALL before others',
    work({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
    "State 'Work': field 'Retry[0]/ErrorEquals': States.ALL stands alone and last",
  ],
  [
    'a strange number of attempts',
    work({ Retry: [{ ErrorEquals: ['A'], MaxAttempts: -1 }] }),
    "State 'Work': field 'Retry[0]/MaxAttempts' Too small: expected number to be >=0",
  ],
  [
    'both ways to wait',
    machine({ Wait: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-05T08:00:00Z', ...end } }),
    "State 'Wait': field 'Seconds': a Wait state has either Seconds or Timestamp",
  ],
  [
    'a time-out of zero seconds',
    work({ TimeoutSeconds: 0 }),
    "State 'Work': field 'TimeoutSeconds' Too small: expected number to be >=1",
  ],
  [
    'one name for a variable inside and outside',
    machine({
      Set: { Type: 'Pass', Assign: { n: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        ...end,
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Assign: { n: 2 }, ...end } } }],
      },
    }),
    "Variable 'n' is assigned inside a Parallel or Map state and outside of it (from 'In').",
  ],
  [
    'a name that is too long',
    { QueryLanguage: 'JSONata', StartAt: 'x', States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
    `State machine: field 'States/${'x'.repeat(81)}' Invalid key in record`,
  ],
])('%s is refused', (_, definition, message) => {
  expect(() => loadMachine(definition)).toThrow(message);
});

test('what is written stays as it was', () => {
  const definition = work({ Arguments: { empty: '', text: "it's", lines: '{% 1\n + 1 %}' } });
  const before = JSON.stringify(definition);
  loadMachine(definition);
  expect(JSON.stringify(definition)).toBe(before);
});
