import { expect, test } from '@jest/globals';
import { InvalidPayloadError } from '../../../src/domain/errors.js';
import type { WaveSpecification } from '../../../src/domain/rollout-file.js';
import {
  allowance,
  currentWave,
  lookSeconds,
  noExecutions,
  percentDown,
  percentUp,
  waveNumbers,
  waveSizes,
  youngAdmissions,
} from '../../../src/domain/wave.js';
import type { Progress } from '../../../src/domain/wave.js';
import { usualHealth as health } from '../../support/usual-strategy.js';

const minute = 60_000;
const progress = (change: Partial<Progress> = {}): Progress => ({
  file: {
    strategy: {
      waves: [],
      health,
      maxInFlight: 50,
      onHold: 'wait',
      onAbort: 'rollback',
      returnWithinSeconds: 259_200,
    },
  },
  waves: [
    { name: 'canary', size: 5, bakeSeconds: 1800, approval: false },
    { name: 'all', size: 200, bakeSeconds: 7200, approval: false },
  ],
  wave: 1,
  admitted: 100,
  skipped: [],
  admissions: [],
  counts: noExecutions,
  extendedBy: 0,
  ...change,
});

test.each([
  [5, 50, 2],
  [5, 19, 0],
  [2.3, 1000, 23],
  [0.7, 1000, 7],
  [100, 7, 7],
])('%d percent of %d, rounded down, is %d', (percent, count, result) => {
  expect(percentDown(percent, count)).toBe(result);
});

test.each([
  [10, 195, 20],
  [50, 10, 5],
  [1, 1, 1],
  [7, 100, 7],
])('%d percent of %d, rounded up, is %d', (percent, count, result) => {
  expect(percentUp(percent, count)).toBe(result);
});

const usual: WaveSpecification[] = [
  { name: 'canary', devices: 5, bakeSeconds: 1800 },
  { name: 'early', percent: 10, bakeSeconds: 7200 },
  { name: 'half', percent: 50, bakeSeconds: 21_600 },
  { name: 'all', percent: 100 },
];

test('sizes are cumulative and rounded up, a missing bake is that of the wave before', () => {
  expect(waveSizes({ waves: usual }, 195)).toEqual([
    { name: 'canary', size: 5, bakeSeconds: 1800, approval: false },
    { name: 'early', size: 20, bakeSeconds: 7200, approval: false },
    { name: 'half', size: 98, bakeSeconds: 21_600, approval: false },
    { name: 'all', size: 195, bakeSeconds: 21_600, approval: false },
  ]);
});

test('a wave of all devices is implied, and a wave without a name is called by its size', () => {
  expect(waveSizes({ waves: [{ devices: 1 }, { percent: 20 }] }, 10)).toEqual([
    { name: '1 device', size: 1, bakeSeconds: 1800, approval: false },
    { name: '20%', size: 2, bakeSeconds: 1800, approval: false },
    { name: '100%', size: 10, bakeSeconds: 1800, approval: false },
  ]);
});

test('in a small fleet, a wave that adds nobody gives its longer bake to the one before', () => {
  expect(waveSizes({ waves: usual }, 8)).toEqual([
    { name: 'canary', size: 5, bakeSeconds: 21_600, approval: false },
    { name: 'all', size: 8, bakeSeconds: 21_600, approval: false },
  ]);
});

test('a device that is queued is in flight until the deadline, then it is not reached', () => {
  const counts = { ...noExecutions, queued: 12, inProgress: 3, succeeded: 80, failed: 5 };
  const admissions = [
    { at: 0, devices: 60 },
    { at: 20 * minute, devices: 8 },
  ];
  expect(waveNumbers(progress({ admissions }), counts, 29 * minute)).toMatchObject({
    reached: 100,
    pending: 15,
    queued: 0,
  });
  expect(waveNumbers(progress({ admissions }), counts, 30 * minute)).toEqual({
    devices: 100,
    reached: 96,
    answered: 85,
    succeeded: 80,
    failed: 5,
    pending: 11,
    queued: 4,
    apart: 0,
  });
});

test('an admitted device whose execution does not exist yet is queued', () => {
  const counts = { ...noExecutions, succeeded: 90 };
  const admissions = [{ at: 0, devices: 10 }];
  expect(waveNumbers(progress({ admissions }), counts, minute)).toMatchObject({ pending: 10 });
});

test('skipped ranks and devices that left count nowhere', () => {
  const skipped = [
    { rank: 3, thing: 't-3', reason: 'it has left the target' },
    { rank: 150, thing: 't-150', reason: 'it has left the target' },
  ];
  const counts = { ...noExecutions, succeeded: 97, removed: 2 };
  expect(waveNumbers(progress({ skipped }), counts, 0)).toEqual({
    devices: 97,
    reached: 97,
    answered: 97,
    succeeded: 97,
    failed: 0,
    pending: 0,
    queued: 0,
    apart: 0,
  });
});

test('a cancelled execution is neither in flight nor reached', () => {
  const counts = { ...noExecutions, succeeded: 90, canceled: 10 };
  expect(waveNumbers(progress(), counts, 0)).toMatchObject({ reached: 90, pending: 0, queued: 0 });
});

test('no more ranks are handed out than the wave has left', () => {
  const counts = { ...noExecutions, succeeded: 180 };
  expect(allowance(progress({ admitted: 180, counts }), 0)).toBe(20);
});

test('no more ranks are handed out than maxInFlight leaves', () => {
  const counts = { ...noExecutions, succeeded: 58, inProgress: 30, queued: 12 };
  const admissions = [{ at: 0, devices: 42 }];
  expect(allowance(progress({ counts, admissions }), minute)).toBe(8);
});

test('devices queued past the deadline take no place in flight', () => {
  const counts = { ...noExecutions, succeeded: 20, queued: 80 };
  const admissions = [{ at: 0, devices: 100 }];
  expect(allowance(progress({ counts, admissions }), 29 * minute)).toBe(0);
  expect(allowance(progress({ counts, admissions }), 30 * minute)).toBe(50);
});

test('admissions older than the deadline are not kept', () => {
  const admissions = [
    { at: 0, devices: 5 },
    { at: 10 * minute, devices: 6 },
  ];
  expect(youngAdmissions(progress({ admissions }), 30 * minute)).toEqual([
    { at: 10 * minute, devices: 6 },
  ]);
});

const all = { admitted: 200, counts: { ...noExecutions, succeeded: 200 } };
test.each([
  ['while ranks are left', progress({ counts: { ...noExecutions, succeeded: 100 } }), 30],
  [
    'while devices are in flight',
    progress({ admitted: 200, counts: { ...noExecutions, succeeded: 199, inProgress: 1 } }),
    30,
  ],
  ['in a bake of two hours', progress({ ...all, bakeEndsAt: 7200_000 }), 300],
  ['towards the end of a bake', progress({ ...all, bakeEndsAt: 100_500 }), 101],
  ['after a bake that could not pass', progress({ ...all, bakeEndsAt: -1 }), 300],
])('%s, the next look is so many seconds away', (_, state, seconds) => {
  expect(lookSeconds(state, 0)).toBe(seconds);
});

test('looks are a minute apart in a short bake, an hour in a long one', () => {
  const bakes = (bakeSeconds: number) => [{ name: 'all', size: 200, bakeSeconds, approval: false }];
  expect(lookSeconds(progress({ ...all, wave: 0, waves: bakes(600) }), 0)).toBe(60);
  expect(lookSeconds(progress({ ...all, wave: 0, waves: bakes(604_800) }), 0)).toBe(3600);
});

test('a wave that does not exist breaks the contract', () => {
  expect(() => currentWave(progress({ wave: 2 }))).toThrow(
    new InvalidPayloadError('wave 2 of 2 waves'),
  );
});

test('the approval of a wave that adds no device is asked for at the end of the one before it', () => {
  const waves: WaveSpecification[] = [{ devices: 5 }, { percent: 10, approval: true }];
  expect(waveSizes({ waves }, 20)).toEqual([
    { name: '5 devices', size: 5, bakeSeconds: 1800, approval: true },
    { name: '100%', size: 20, bakeSeconds: 1800, approval: false },
  ]);
});
