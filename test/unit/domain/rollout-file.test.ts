import { expect, test } from '@jest/globals';
import { InvalidRolloutError } from '../../../src/domain/errors.js';
import { parseRolloutFile, RolloutFile } from '../../../src/domain/rollout-file.js';
import { isThing, shortTarget, targetOf } from '../../../src/domain/target.js';

const file = {
  name: 'thermostat-1.1.0',
  target: 'thinggroup/thermostats',
  release: { components: { 'com.example.Thermostat': { version: '1.1.0' } } },
};
function problems(value: unknown): string[] {
  try {
    parseRolloutFile(value, 'rollout.yaml');
  } catch (error) {
    if (error instanceof InvalidRolloutError) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('a file without a strategy has the usual one', () => {
  expect(parseRolloutFile(file, 'rollout.yaml')).toEqual({
    ...file,
    strategy: {
      waves: [
        { name: 'canary', devices: 5, bakeSeconds: 1800 },
        { name: 'early', percent: 10, bakeSeconds: 7200 },
        { name: 'half', percent: 50, bakeSeconds: 21_600 },
        { name: 'all', percent: 100 },
      ],
      health: {
        maxFailurePercent: 5,
        falseAbortRisk: 0.05,
        falsePromoteRisk: 0.05,
        minReachPercent: 80,
        deviceDeadlineSeconds: 1800,
      },
      maxInFlight: 50,
      onHold: 'wait',
      onAbort: 'rollback',
      returnWithinSeconds: 259_200,
    },
  });
});

test('what is written takes the place of the defaults, with durations in seconds', () => {
  const written = {
    ...file,
    release: {
      components: {
        'com.example.Thermostat': { version: '1.1.0', merge: { a: [1] }, reset: ['/legacy', ''] },
        'com.example.OldAgent': 'remove',
      },
    },
    strategy: {
      waves: [{ name: 'canary', devices: 1, bake: '90s', approval: true }, { percent: 50 }],
      health: { maxFailurePercent: 2.5, falseAbortRisk: 0.01, deviceDeadline: '1h' },
      maxInFlight: 10,
      onHold: 'promote',
      onAbort: 'stop',
      returnWithin: '2h',
    },
  };
  expect(parseRolloutFile(written, 'rollout.yaml')).toEqual({
    ...written,
    strategy: {
      waves: [{ name: 'canary', devices: 1, bakeSeconds: 90, approval: true }, { percent: 50 }],
      health: {
        maxFailurePercent: 2.5,
        falseAbortRisk: 0.01,
        falsePromoteRisk: 0.05,
        minReachPercent: 80,
        deviceDeadlineSeconds: 3600,
      },
      maxInFlight: 10,
      onHold: 'promote',
      onAbort: 'stop',
      returnWithinSeconds: 7200,
    },
  });
});

test('what is read fits the schema that is kept', () => {
  const read = parseRolloutFile(file, 'rollout.yaml');
  expect(RolloutFile.parse(JSON.parse(JSON.stringify(read)))).toEqual(read);
});

test.each([
  ['thinggroup/thermostats', 'thinggroup', 'thermostats'],
  ['arn:aws:iot:eu-west-1:123456789012:thinggroup/cold:store_1', 'thinggroup', 'cold:store_1'],
  ['thing/thermostats-0001', 'thing', 'thermostats-0001'],
  ['arn:aws:iot:eu-west-1:123456789012:thing/cold:thing_1', 'thing', 'cold:thing_1'],
])('%s names the %s %s', (target, kind, name) => {
  expect(problems({ ...file, target })).toEqual([]);
  expect(targetOf(target)).toEqual({ kind, name });
  expect(isThing(target)).toBe(kind === 'thing');
  expect(shortTarget(target)).toBe(`${kind}/${name}`);
});
