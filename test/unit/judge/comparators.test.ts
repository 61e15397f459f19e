import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { mannWhitney } from '../../../bench/judge/comparators/kayenta.js';
import { multinomialEvidence } from '../../../bench/judge/comparators/multinomial.js';
import { lnLikelihoodRatio, sprtBounds } from '../../../bench/judge/comparators/sprt.js';
import {
  binomialTail,
  normalQuantile,
  normalTail,
} from '../../../bench/judge/comparators/tails.js';
import { pooledZ } from '../../../bench/judge/comparators/two-proportions.js';
import { vectorsOf } from './reference-vectors.js';

const real = z.coerce.number();

test.each(
  vectorsOf(
    'multinomial',
    z.object({
      counts: z.tuple([z.number(), z.number()]),
      theta0: z.array(z.number()),
      concentration: z.literal(100),
    }),
    z.object({ logE: real }),
  ),
)('%s: evidence that failures do not come in the expected shares', (_id, inputs, { logE }) => {
  const failureOf = multinomialEvidence(inputs.theta0);
  const [canary, control] = inputs.counts;
  for (let i = 1; i < canary; i += 1) failureOf(0);
  for (let i = 0; i < control; i += 1) failureOf(1);
  expect(failureOf(0)).toBeCloseTo(logE, 9);
});

test.each(
  vectorsOf(
    'sprt',
    z.object({ p1: z.number(), p2: z.number(), k: z.number(), n: z.number() }),
    z.object({ llr: real, upper: real, lower: real }),
  ),
)('%s: ratio and bounds', (_id, { p1, p2, k, n }, { llr, upper, lower }) => {
  expect(lnLikelihoodRatio(p1, p2)(k, n)).toBeCloseTo(llr, 9);
  const { abort, accept } = sprtBounds({ alpha: 0.05, beta: 0.1 });
  expect([abort, accept].map((bound) => bound.toFixed(9))).toEqual(
    [upper, lower].map((bound) => bound.toFixed(9)),
  );
});

test.each(
  vectorsOf(
    'binom',
    z.object({ k: z.number(), n: z.number(), p1: z.number() }),
    z.object({ p_value: real }),
  ),
)('%s: tail of the binomial', (_id, { k, n, p1 }, { p_value }) => {
  expect(Math.abs(binomialTail(k, n, p1) - p_value)).toBeLessThanOrEqual(1e-9);
});

test('a binomial has no fewer than 0 and no more than n', () => {
  expect([binomialTail(0, 5, 0.1), binomialTail(6, 5, 0.1)]).toEqual([1, 0]);
});

test.each([
  [1.6449, 0.05],
  [2.3263, 0.01],
  [3.8906, 5e-5],
])('a normal exceeds %d with probability %d', (z, tail) => {
  expect(normalTail(z) / tail).toBeCloseTo(1, 3);
  expect(normalQuantile(tail)).toBeCloseTo(z, 4);
});

test('2 canaries of 2 against 0 controls of 18 are a z of 4.47', () => {
  const arms = { canary: { failed: 2, devices: 2 }, control: { failed: 0, devices: 18 } };
  expect(pooledZ(arms)).toBeCloseTo(4.472, 3);
});

test('where all devices do the same, z says nothing', () => {
  const arms = { canary: { failed: 0, devices: 2 }, control: { failed: 0, devices: 18 } };
  expect(pooledZ(arms)).toBe(0);
});

/** Each bucket: failed of 10 canaries, failed of 90 controls. */
const asked = (buckets: readonly (readonly [number, number])[]) => {
  const judge = mannWhitney({ canaries: 10, controls: 90 });
  return buckets.map(([canaries, controls]) => judge(canaries, controls));
};

// Of 5 buckets each: 25 differences of 1, ties of 5 and 5, sigma 4.17, so the second smallest difference counts.
test('canaries that all fail beside controls that never do are high from the fifth bucket on', () => {
  const all = [10, 0] as const;
  expect(asked([all, all, all, all, all, all])).toEqual([false, false, false, false, true, true]);
});

// The controls tie: sigma 4.49, so the second smallest difference counts, beside a quarter of the median, 15 %.
test.each([
  [1, false],
  [3, true],
])('with %d, 5, 6, 7 and 8 canaries failed and no control, high is %p', (first, isHigh) => {
  const buckets = [first, 5, 6, 7, 8].map((failed) => [failed, 0] as const);
  expect(asked(buckets).at(-1)).toBe(isHigh);
});

test('canaries that fail as often as controls are never high', () => {
  expect(asked([1, 2, 0, 1, 3, 1, 0, 2].map((failed) => [failed, 9 * failed]))).not.toContain(true);
});
