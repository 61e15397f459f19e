import { expect, test } from '@jest/globals';
import { InvalidRolloutError } from '../../../src/domain/errors.js';
import { parseRolloutFile } from '../../../src/domain/rollout-file.js';

const onThing = (strategy?: unknown) => ({
  name: 'thermostat-1.1.0',
  target: 'thing/t-1',
  release: { components: { 'com.example.Thermostat': { version: '1.1.0' } } },
  ...(strategy !== undefined && { strategy }),
});
const read = (strategy?: unknown) => parseRolloutFile(onThing(strategy), 'rollout.yaml');

test('one thing makes one wave of half an hour, or the one that is written', () => {
  expect(read().strategy.waves).toEqual([{ name: 'device', percent: 100, bakeSeconds: 1800 }]);
  const { strategy } = read({ waves: [{ devices: 1, bake: '2h', approval: true }] });
  expect(strategy.waves).toEqual([{ devices: 1, bakeSeconds: 7200, approval: true }]);
});

test('its deadline, its way back and how long that may take are as for a group', () => {
  const written = { health: { deviceDeadline: '10m' }, onAbort: 'stop', returnWithin: '2h' };
  expect(read(written).strategy).toMatchObject({
    health: { deviceDeadlineSeconds: 600 },
    onAbort: 'stop',
    returnWithinSeconds: 7200,
  });
});

test.each([
  [
    { waves: [{ devices: 5 }, { percent: 100 }] },
    [
      'strategy.waves: 2 waves for one thing; give one, with its bake and approval, or leave waves out',
    ],
  ],
  [
    { waves: [{ percent: 50 }] },
    ['strategy.waves[0]: {"percent":50} is not a wave of 1 device or 100 %'],
  ],
  [
    {
      maxInFlight: 5,
      onHold: 'abort',
      health: {
        maxFailurePercent: 1,
        falseAbortRisk: 0.1,
        falsePromoteRisk: 0.2,
        minReachPercent: 50,
      },
    },
    [
      'strategy.maxInFlight: 5 means nothing for one thing; leave it out',
      'strategy.onHold: "abort" means nothing for one thing; leave it out',
      'strategy.health.maxFailurePercent: 1 means nothing for one thing; leave it out',
      'strategy.health.falseAbortRisk: 0.1 means nothing for one thing; leave it out',
      'strategy.health.falsePromoteRisk: 0.2 means nothing for one thing; leave it out',
      'strategy.health.minReachPercent: 50 means nothing for one thing; leave it out',
    ],
  ],
])('on one thing, a strategy for many is refused: %j', (strategy, expected) => {
  const message = expected.map((problem) => `rollout.yaml: ${problem}`).join('\n');
  expect(() => read(strategy)).toThrow(new InvalidRolloutError(message));
});
