import { describe, expect, test } from '@jest/globals';
import { progressOn, statesWord } from '../../../cli/demo/remediation-progress.js';
import { remediationLines } from '../../../cli/demo/remediation-report.js';
import { toldCommand } from '../../../cli/demo/remediation-week.js';
import { recordingTerminal } from '../../support/recording-terminal.js';

const HOUR = 3_600_000;
const COMPONENT = 'com.example.Thermostat';
const COMMAND = `echo '{"name":"back-to-1.0.0","target":"thinggroup/greenhouses"}' | greenwave rollout /dev/stdin`;

test('a report tells each cause, what was done, what came of it, the sick release and the checks', () => {
  const report = {
    devices: 500,
    causes: [
      {
        ...{
          cause: 'BrokenComponent' as const,
          sicknesses: 5,
          done: { redeliver: 6, takeBack: 1 },
        },
        ...{ told: 0, recovered: 5, withPerson: 0, waiting: 0 },
      },
      {
        ...{ cause: 'Silent' as const, sicknesses: 3, done: {} },
        ...{ told: 3, recovered: 1, withPerson: 2, waiting: 0 },
      },
    ],
    systemic: {
      ...{ target: 'thinggroup/greenhouses', component: COMPONENT, version: '1.2.0' },
      ...{ sick: 37, size: 100, command: COMMAND, recovered: 37 },
    },
    runs: { all: 672, withWork: 30, failed: 0 },
    messages: 8,
    virtualSeconds: 604_800,
    wallSeconds: 45.21,
    calls: { Greengrass: 120, IoT: 4000 },
    checks: [{ what: 'nobody was touched', isTrue: true }],
  };
  expect(remediationLines(report, false)).toEqual([
    '7d of 500 core devices',
    '',
    'cause                            sick  what was done                told  recovered  with a person  waiting',
    'BrokenComponent                     5  6 × redeliver, 1 × takeBack     0          5              0        0',
    'Silent                              3  no remedy: told                 3          1              2        0',
    '1.2.0 of thinggroup/greenhouses    37  none touched: told             37         37              0        0',
    '',
    `37 of 100 devices of thinggroup/greenhouses were sick with ${COMPONENT} 1.2.0. What people were told to type, and typed:`,
    COMMAND,
    '',
    'service     calls',
    'Greengrass    120',
    'IoT          4000',
    '',
    '672 runs, 30 with something to do, 0 failed; 8 messages to people.',
    "7d of the cloud's time in 45.2 s.",
    '',
    'yes  nobody was touched',
    '',
    'All is as it has to be.',
  ]);
});

test('the command in a message is read as it is written', () => {
  expect(toldCommand(`devices are sick; take the target back with: ${COMMAND}\n\nRun 1`)).toEqual({
    command: COMMAND,
    file: { name: 'back-to-1.0.0', target: 'thinggroup/greenhouses' },
  });
  expect(toldCommand('thermostats-0001: Escalated')).toBeUndefined();
});

describe('the progress', () => {
  const states = [{ state: 'Repairing' }, { state: 'Recovered' }, { state: 'Recovered' }] as const;

  test('names how many devices are where', () => {
    expect(statesWord(states)).toBe('1 in repair, 2 well again');
    expect(statesWord([])).toBe('');
  });

  test('is a line for each change where stdout is no terminal, and nothing for a program', () => {
    const { terminal, out } = recordingTerminal();
    const begin = Date.UTC(2026, 0, 5, 8);
    const progress = progressOn({ terminal, isSilent: false }, begin, begin + HOUR);
    progress.show(begin, states);
    progress.show(begin + 1000, states);
    progress.say(begin + 2000, 'somebody deploys');
    progressOn({ terminal, isSilent: true }, begin, begin + HOUR).say(begin, 'unheard');
    expect(out).toEqual([
      '01-05 08:00:00  1 in repair, 2 well again',
      '01-05 08:00:02  somebody deploys',
    ]);
  });

  test('is drawn over in a terminal', () => {
    const { terminal, out } = recordingTerminal();
    const progress = progressOn(
      { terminal: { ...terminal, isInteractive: true }, isSilent: false },
      0,
      HOUR,
    );
    progress.say(HOUR / 2, 'somebody deploys');
    progress.show(HOUR / 2, []);
    progress.close();
    expect(out.join('')).toContain(`01-01 00:30:00  ${'█'.repeat(21)}${'·'.repeat(21)}`);
    expect(out.join('')).toContain('nobody was sick yet');
    expect(out.join('')).toContain('somebody deploys');
  });
});
