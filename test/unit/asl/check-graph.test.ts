import { expect, test } from '@jest/globals';
import { loadMachine } from '../../../local/asl/load-machine.js';
import { functionArn, machine } from './run-machine.js';

const end = { End: true };
const work = (more: object) =>
  machine({ Work: { Type: 'Task', Resource: functionArn('work'), ...end, ...more } });
const inner = { StartAt: 'In', States: { In: { Type: 'Pass', ...end } } };

test.each<[what: string, definition: unknown, message: string]>([
  [
    'a transition to nowhere',
    machine({ Only: { Type: 'Pass', Next: 'Nowhere' } }),
    "MISSING_TRANSITION_TARGET: State 'Only': field 'Next' leads to 'Nowhere'",
  ],
  [
    'a choice of nowhere',
    machine({
      Only: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Fin' }], Default: 'Nowhere' },
      Fin: { Type: 'Succeed' },
    }),
    "State 'Only': field 'Default' leads to 'Nowhere', which is not in the same part of the machine",
  ],
  [
    'a way out of a branch',
    machine({
      Both: {
        Type: 'Parallel',
        Next: 'Fin',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Pass', Next: 'Fin' } } }],
      },
      Fin: { Type: 'Succeed' },
    }),
    "State 'In': field 'Next' leads to 'Fin', which is not in the same part of the machine",
  ],
  [
    'a catcher that leads nowhere',
    work({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Nowhere' }] }),
    "State 'Work': field 'Catch[0]/Next' leads to 'Nowhere'",
  ],
  [
    'a start that is not there',
    { QueryLanguage: 'JSONata', StartAt: 'First', States: { Only: { Type: 'Succeed' } } },
    "MISSING_TRANSITION_TARGET: Missing 'StartAt' target: First",
  ],
  [
    'a state that nothing leads to',
    machine({ Only: { Type: 'Pass', ...end }, Lost: { Type: 'Pass', ...end } }),
    "MISSING_TRANSITION_TARGET: State 'Lost' is not reachable from 'Only'",
  ],
  [
    'states that only lead to each other',
    machine({
      Only: { Type: 'Pass', ...end },
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Pass', Next: 'A' },
    }),
    "State 'A' is not reachable from 'Only'",
  ],
  [
    'a machine that never ends',
    machine({ Only: { Type: 'Pass', Next: 'Only' } }),
    "MISSING_TERMINAL_STATE: no state ends what 'Only' starts",
  ],
  [
    'a name that is there twice',
    machine({
      In: { Type: 'Parallel', ...end, Branches: [inner] },
    }),
    "DUPLICATE_STATE_NAME: State 'In' is there twice",
  ],
  [
    'a state that goes on and ends',
    machine({ Only: { Type: 'Pass', ...end, Next: 'Only' } }),
    "State 'Only': field 'Next': a Pass state has either Next or End: true",
  ],
  [
    'a state that does neither',
    machine({ Only: { Type: 'Wait', Seconds: 1 } }),
    "State 'Only': field 'Next': a Wait state has either Next or End: true",
  ],
])('%s is refused', (_, definition, message) => {
  expect(() => loadMachine(definition)).toThrow(message);
});
