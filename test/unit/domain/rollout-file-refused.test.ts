import { expect, test } from '@jest/globals';
import { InvalidRolloutError } from '../../../src/domain/errors.js';
import { parseRolloutFile } from '../../../src/domain/rollout-file.js';

const file = {
  name: 'thermostat-1.1.0',
  target: 'thinggroup/thermostats',
  release: { components: { 'com.example.Thermostat': { version: '1.1.0' } } },
};
const withWaves = (waves: unknown) => ({ ...file, strategy: { waves } });
const withHealth = (health: unknown) => ({ ...file, strategy: { health } });
const withComponents = (components: unknown) => ({ ...file, release: { components } });

function problems(value: unknown): string[] {
  try {
    parseRolloutFile(value, 'rollout.yaml');
  } catch (error) {
    if (error instanceof InvalidRolloutError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const targetRight = 'is not a thing group or one thing, as thinggroup/NAME, thing/NAME or its ARN';
const nameRight =
  'is not a name of 1 to 51 letters, digits, dots, dashes or underscores, the first a letter or digit';

test.each([
  [7, ['7 is not an object with the fields name, target, release, strategy']],
  [{ ...file, name: 'a b' }, [`name: "a b" ${nameRight}`]],
  [
    { ...file, name: 'a'.repeat(52) },
    [`name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" ${nameRight}`],
  ],
  [{ ...file, target: 'things/t-1' }, [`target: "things/t-1" ${targetRight}`]],
  [{ ...file, target: 'thing/t 1' }, [`target: "thing/t 1" ${targetRight}`]],
  [{ ...file, target: 'thermostats' }, [`target: "thermostats" ${targetRight}`]],
  [
    { ...file, colour: 'red' },
    ['colour: unknown field ("red"); the fields here are name, target, release, strategy'],
  ],
  [
    withWaves([{ devices: 5, approval: 'yes' }]),
    ['strategy.waves[0].approval: "yes" is not true or false'],
  ],
  [
    withWaves([{ devices: 5, gate: true }]),
    [
      'strategy.waves[0].gate: unknown field (true); the fields here are name, devices, percent, bake, approval',
    ],
  ],
  [
    withHealth({ falseAbortRisk: 0 }),
    ['strategy.health.falseAbortRisk: 0 is not a probability over 0 and up to 0.5'],
  ],
  [
    withHealth({ falsePromoteRisk: 0.6 }),
    ['strategy.health.falsePromoteRisk: 0.6 is not a probability over 0 and up to 0.5'],
  ],
  [
    { ...file, strategy: { onHold: 'skip' } },
    ['strategy.onHold: "skip" is not wait, abort or promote'],
  ],
  [{ ...file, strategy: { onAbort: 'x' } }, ['strategy.onAbort: "x" is not rollback or stop']],
  [
    { ...file, strategy: { returnWithin: '1m' } },
    ['strategy.returnWithin: "1m" is not a duration from 1h to 30d, such as 72h'],
  ],
  [
    withHealth({ maxFailurePercent: 100 }),
    ['strategy.health.maxFailurePercent: 100 is not a percentage from 0 to below 100'],
  ],
  [
    withHealth({ minReachPercent: 0 }),
    ['strategy.health.minReachPercent: 0 is not a percentage over 0 and up to 100'],
  ],
  [
    withHealth({ deviceDeadline: '90s' }),
    [
      'strategy.health.deviceDeadline: "90s" is not a duration of whole minutes from 1m to 7d, such as 30m',
    ],
  ],
  [
    withWaves([{ devices: 5, bake: 30 }]),
    ['strategy.waves[0].bake: 30 is not a duration of up to 30d, such as 30m or 2h'],
  ],
  [
    withWaves([{ devices: 5, bake: '1h30m' }]),
    ['strategy.waves[0].bake: "1h30m" is not a duration of up to 30d, such as 30m or 2h'],
  ],
  [
    withWaves([{ percent: 120 }]),
    ['strategy.waves[0].percent: 120 is not a percentage over 0 and up to 100'],
  ],
  [
    withWaves([{ devices: 0 }]),
    ['strategy.waves[0].devices: 0 is not a whole number of devices, 1 or more'],
  ],
  [
    withWaves([{ bake: '1h' }]),
    ['strategy.waves[0]: {"bake":"1h"} is not a wave with one of devices and percent'],
  ],
  [
    withWaves([{ devices: 5, percent: 5 }]),
    ['strategy.waves[0]: {"devices":5,"percent":5} is not a wave with one of devices and percent'],
  ],
  [
    withWaves([{ percent: 50 }, { devices: 3 }, { percent: 50 }]),
    [
      'strategy.waves[2].percent: 50 is not more than the 50 of a wave before it: sizes are cumulative and increase',
    ],
  ],
  [
    withWaves([]),
    ['strategy.waves: [] is not a list of at least one wave; leave waves out for the usual ones'],
  ],
  [
    { ...file, strategy: { maxInFlight: 0.5 } },
    ['strategy.maxInFlight: 0.5 is not a whole number of devices, 1 or more'],
  ],
  [withComponents({}), ['release.components: {} is not an object with at least one component']],
  [
    withComponents({ A: 'removed' }),
    ['release.components.A: "removed" is not the word remove, or an object with a version'],
  ],
  [
    withComponents({ A: { version: 1.1 } }),
    ['release.components.A.version: 1.1 is not one exact version in quotes, such as "1.1.0"'],
  ],
  [
    withComponents({ A: { merge: {} } }),
    ['release.components.A.version: missing; give one exact version in quotes, such as "1.1.0"'],
  ],
  [
    withComponents({ A: { version: '1.0.0', merge: [1] } }),
    [
      'release.components.A.merge: [1] is not an object of configuration, such as { sampleSeconds: 30 }',
    ],
  ],
  [
    withComponents({ A: { version: '1.0.0', reset: ['legacy', '/a~2'] } }),
    ['"legacy"', '"/a~2"'].map(
      (value, i) =>
        `release.components.A.reset[${i}]: ${value} is not a JSON pointer of at most 256 characters: empty for all, else like /a/b, with ~ only as ~0 and ~1`,
    ),
  ],
  [
    withComponents({ 'a b': { version: '1.0.0' } }),
    [
      'release.components.a b: "a b" is not a component name of 1 to 128 letters, digits, dots, dashes or underscores',
    ],
  ],
])('%j is refused', (value, lines) => {
  expect(problems(value)).toEqual(lines.map((line) => `rollout.yaml: ${line}`));
});

test('all problems are named at once', () => {
  const value = {
    target: 'x',
    release: { components: { A: { version: '1' } } },
    strategy: { waves: [{ percent: 50, bake: 'x' }, { percent: 10 }], pace: 1 },
  };
  expect(problems(value)).toEqual([
    `rollout.yaml: name: missing; give ${nameRight.slice('is not '.length)}`,
    `rollout.yaml: target: "x" ${targetRight}`,
    'rollout.yaml: release.components.A.version: "1" is not one exact version in quotes, such as "1.1.0"',
    'rollout.yaml: strategy.waves[0].bake: "x" is not a duration of up to 30d, such as 30m or 2h',
    'rollout.yaml: strategy.pace: unknown field (1); the fields here are waves, health, maxInFlight, onHold, onAbort, returnWithin',
    'rollout.yaml: strategy.waves[1].percent: 10 is not more than the 50 of a wave before it: sizes are cumulative and increase',
  ]);
});
