import { expect, test } from '@jest/globals';
import { calibratedThreshold } from '../../../bench/judge/one-wave/calibration.js';
import { crossing } from '../../../bench/judge/one-wave/plain-crossing.js';

const evidenceOf20 = { threshold: 20, fewestFailures: 2 };

const shown = (limit: number, devices: number, failureRate: number) => {
  const found = crossing({ ...evidenceOf20, limit }, devices, failureRate);
  return `${found.aborted.toFixed(3)} / ${found.failed.toFixed(1)}`;
};

// By limit: the chance of an abort at a good release's rate and at the limit, then of bad ones with what breaks until then.
const published = [
  {
    limit: 0.02,
    devices: 10,
    false: [0.0004, 0.006],
    bad: ['0.135 / 0.9', '0.423 / 1.6', '0.960 / 2.1'],
  },
  {
    limit: 0.02,
    devices: 50,
    false: [0.0004, 0.0106],
    bad: ['0.550 / 3.5', '0.974 / 3.1', '1.000 / 2.1'],
  },
  {
    limit: 0.02,
    devices: 200,
    false: [0.0004, 0.0133],
    bad: ['0.988 / 5.5', '1.000 / 3.1', '1.000 / 2.1'],
  },
  {
    limit: 0.02,
    devices: 1000,
    false: [0.0004, 0.0153],
    bad: ['1.000 / 5.6', '1.000 / 3.1', '1.000 / 2.1'],
  },
  {
    limit: 0.05,
    devices: 10,
    false: [0.0015, 0.0114],
    bad: ['0.055 / 1.0', '0.245 / 1.8', '0.892 / 2.5'],
  },
  {
    limit: 0.05,
    devices: 50,
    false: [0.0016, 0.0174],
    bad: ['0.163 / 4.5', '0.801 / 5.2', '1.000 / 2.7'],
  },
  {
    limit: 0.05,
    devices: 200,
    false: [0.0016, 0.0207],
    bad: ['0.516 / 14.3', '1.000 / 6.1', '1.000 / 2.7'],
  },
  {
    limit: 0.05,
    devices: 1000,
    false: [0.0016, 0.023],
    bad: ['0.998 / 22.9', '1.000 / 6.1', '1.000 / 2.7'],
  },
  {
    limit: 0.05,
    devices: 10_000,
    false: [0.0016, 0.0247],
    bad: ['1.000 / 22.9', '1.000 / 6.1', '1.000 / 2.7'],
  },
  {
    limit: 0.1,
    devices: 10,
    false: [0.0035, 0.0183],
    bad: ['0.051 / 1.5', '0.105 / 1.9', '0.733 / 3.0'],
  },
  {
    limit: 0.1,
    devices: 50,
    false: [0.0036, 0.0255],
    bad: ['0.119 / 6.9', '0.348 / 8.0', '1.000 / 3.8'],
  },
  {
    limit: 0.1,
    devices: 200,
    false: [0.0036, 0.0294],
    bad: ['0.328 / 24.4', '0.893 / 17.8', '1.000 / 3.8'],
  },
  {
    limit: 0.1,
    devices: 1000,
    false: [0.0036, 0.0321],
    bad: ['0.957 / 56.4', '1.000 / 19.2', '1.000 / 3.8'],
  },
];
const rates = new Map([
  [0.02, { good: 0.005, bad: [0.1, 0.2, 0.5] }],
  [0.05, { good: 0.02, bad: [0.1, 0.2, 0.5] }],
  [0.1, { good: 0.05, bad: [0.15, 0.2, 0.5] }],
]);

test.each(published)(
  'under a limit of $limit, over $devices devices, releases are aborted as published',
  (row) => {
    const { good, bad } = rates.get(row.limit) ?? { good: 0, bad: [] };
    [good, row.limit].forEach((rate, i) => {
      const { aborted } = crossing({ ...evidenceOf20, limit: row.limit }, row.devices, rate);
      // The published values have four digits.
      expect(Math.abs(aborted - (row.false[i] ?? NaN))).toBeLessThan(1e-4);
    });
    expect(bad.map((rate) => shown(row.limit, row.devices, rate))).toEqual(row.bad);
    expect(shown(row.limit, row.devices, 1)).toBe('1.000 / 2.0');
  },
);

test('half of the aborts of a bad release come within so many devices', () => {
  const medians = [0.1, 0.2, 0.5, 1].map(
    (rate) => crossing({ ...evidenceOf20, limit: 0.05 }, 1000, rate).medianDevices,
  );
  expect(medians).toEqual([191, 24, 3, 2]);
});

test('a release that never fails is never aborted, and has no median', () => {
  expect(crossing({ ...evidenceOf20, limit: 0.05 }, 1000, 0)).toEqual({
    aborted: 0,
    failed: 0,
    medianDevices: undefined,
  });
});

test('calibrated for 1000 devices at a limit of 5 %, evidence over 8.49 aborts', () => {
  const plan = { limit: 0.05, risk: 0.05, devices: 1000, fewestFailures: 1 };
  const threshold = calibratedThreshold(plan);
  expect(threshold).toBeCloseTo(8.4907, 4);
  const at = (rate: number) => crossing({ limit: 0.05, threshold, fewestFailures: 1 }, 1000, rate);
  expect(at(0.05).aborted).toBeCloseTo(0.0446, 4);
  expect([0.1, 0.2, 0.5].map((rate) => at(rate).failed.toFixed(1))).toEqual(['18.3', '4.9', '2.4']);
});

test.each([50, 200])('over %d devices a calibrated threshold is less than 20', (devices) => {
  const plan = { limit: 0.05, risk: 0.05, devices, fewestFailures: 1 };
  const threshold = calibratedThreshold(plan);
  expect(threshold).toBeGreaterThan(7.9);
  expect(threshold).toBeLessThan(10.6);
});
