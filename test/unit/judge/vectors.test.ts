import assert from 'node:assert/strict';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { AbortJudge } from '../../../src/domain/judge/abort-judge.js';
import { crossing } from '../../../bench/judge/one-wave/plain-crossing.js';
import { lnAbortEvidence, lnPromoteEvidence } from '../../../src/domain/judge/evidence.js';
import { failureRateInterval } from '../../../src/domain/judge/failure-rate-interval.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';
import { closestTolerated, lnBlockEvidence } from '../../../bench/judge/controls/two-sample.js';
import { vectorIds, vectorsOf } from './reference-vectors.js';

const real = z.coerce.number();
const k = z.number();
const n = z.number();

/** The most devices among which k failures abort on their own, at 1 / alpha = 20; 0 is never. */
function mostDevices(failures: number, limit: number): number {
  let devices = failures;
  while (lnAbortEvidence(failures, devices, limit) >= Math.log(20)) devices += 1;
  return devices === failures ? 0 : devices - 1;
}

test.each(
  vectorsOf(
    'abort',
    z.object({ k, n, p1: z.number() }),
    z.object({ logE: real, abort_at_alpha_05: z.boolean() }),
  ),
)('%s: evidence for an abort', (_id, inputs, expected) => {
  const ln = lnAbortEvidence(inputs.k, inputs.n, inputs.p1);
  expect(Math.abs(ln - expected.logE)).toBeLessThanOrEqual(1e-9);
  expect(ln >= Math.log(20)).toBe(expected.abort_at_alpha_05);
});

test.each(
  vectorsOf(
    'promote',
    z.object({ k, n, L: z.number() }),
    z.object({ logE: real, promote_at_beta_05: z.boolean() }),
  ),
)('%s: evidence for a promotion', (_id, inputs, expected) => {
  const ln = lnPromoteEvidence(inputs.k, inputs.n, inputs.L);
  expect(Math.abs(ln - expected.logE)).toBeLessThanOrEqual(1e-9);
  expect(ln >= Math.log(20)).toBe(expected.promote_at_beta_05);
});

test.each(vectorsOf('bounds', z.object({ k, n }), z.object({ ucb: real, lcb: real })))(
  '%s: interval for the failure rate',
  (_id, inputs, expected) => {
    const { lower, upper } = failureRateInterval({
      failed: inputs.k,
      exposed: inputs.n,
      pending: 0,
      risk: 0.05,
    });
    expect(Math.abs(lower - expected.lcb)).toBeLessThanOrEqual(1e-9);
    expect(Math.abs(upper - expected.ucb)).toBeLessThanOrEqual(1e-9);
  },
);

test.each(
  vectorsOf(
    'boundary',
    z.object({ p1: z.number() }),
    z.object({ max_n_at_which_k_failures_abort_k1to7: z.array(z.number()) }),
  ),
)('%s: how many devices k failures abort among', (_id, { p1 }, expected) => {
  expect([1, 2, 3, 4, 5, 6, 7].map((failures) => mostDevices(failures, p1))).toEqual(
    expected.max_n_at_which_k_failures_abort_k1to7,
  );
});

// The vector gives each part's failures and devices: 4 of 60, 4 of the last 50, 3 of the last 10.
test.each(vectorsOf('restart', z.object({ p1: z.number() }), z.object({ E: real })))(
  '%s: evidence from restarts at the second wave and at the grid',
  (_id, { p1 }, { E }) => {
    const { evidence, at } = abortEvidence({
      failedRanks: [20, 58, 59, 60],
      waveStarts: [10],
      planned: 60,
      waves: 2,
      streams: fleetByPlatform(p1, []),
      risk: 0.05,
    });
    expect(Math.abs(Math.log(evidence) - Math.log(E))).toBeLessThanOrEqual(1e-9);
    expect(at).toEqual({ failed: 4, exposed: 60 });
  },
);

test.each(
  vectorsOf(
    'crossing',
    z.object({ p1: z.number(), p: z.number(), N: z.number() }),
    z.object({ p_abort: real, expected_broken_at_stop: real }),
  ),
)('%s: how probable an abort is, and what breaks until then', (_id, inputs, expected) => {
  const test = { limit: inputs.p1, threshold: 20, fewestFailures: 1 };
  const { aborted, failed } = crossing(test, inputs.N, inputs.p);
  expect(Math.abs(aborted - expected.p_abort)).toBeLessThanOrEqual(1e-9);
  expect(Math.abs(failed - expected.expected_broken_at_stop)).toBeLessThanOrEqual(1e-9);
});

const rate = z.number();
const Block = z.object({
  ...{ a_star: rate, b_star: rate, m: z.number(), rho: rate, delta: rate },
  ...{ y: z.number(), x: z.number() },
});

test.each(
  vectorsOf(
    'two-sample',
    Block,
    z.object({ a0: real, b0: real, log_e: real, max_null_expectation_on_grid: real }),
  ),
)('%s: a canary beside its controls', (_id, inputs, expected) => {
  const guess = { control: inputs.a_star, canary: inputs.b_star };
  const tolerance = { ratio: inputs.rho, difference: inputs.delta };
  const closest = closestTolerated(guess, inputs.m, tolerance);
  assert(closest);
  expect(Math.abs(closest.control - expected.a0)).toBeLessThanOrEqual(1e-9);
  expect(Math.abs(closest.canary - expected.b0)).toBeLessThanOrEqual(1e-9);
  const ln = (hasFailed: boolean, controlsFailed: number) =>
    lnBlockEvidence({ hasFailed, controls: inputs.m, controlsFailed }, guess, closest);
  expect(Math.abs(ln(inputs.y === 1, inputs.x) - expected.log_e)).toBeLessThanOrEqual(1e-9);
  // A block multiplies by this in expectation, by outcomes of canary and controls that fail independently.
  const expectation = (control: number, canary: number) =>
    (canary * Math.exp(ln(true, 0)) + (1 - canary) * Math.exp(ln(false, 0))) *
    (control * Math.exp(ln(false, 1) - ln(false, 0)) + 1 - control) ** inputs.m;
  const most = Math.max(
    ...Array.from({ length: 2001 }, (_, i) => {
      const control = (i / 2000) * Math.min(1, (1 - inputs.delta) / inputs.rho);
      return expectation(control, inputs.rho * control + inputs.delta);
    }),
  );
  // The grid of the vectors isn't this one, so the last digits differ.
  expect(Math.abs(most - expected.max_null_expectation_on_grid)).toBeLessThanOrEqual(1e-5);
  expect(most).toBeLessThanOrEqual(1 + 1e-12);
});

const Metric = z.object({ k, n, p1: z.number(), w: z.number() });

// The failures of each signal at the last of the devices, so that no shorter prefix has as much evidence.
test.each(vectorsOf('merge', z.object({ metrics: z.array(Metric) }), z.object({ E: real })))(
  '%s: evidence of three signals at one prefix',
  (_id, { metrics }, { E }) => {
    const streams = metrics.map(({ w, p1 }, i) => ({
      ...{ name: String(i), signal: String(i) },
      ...{ weight: w, limit: p1 },
    }));
    const judge = new AbortJudge({ planned: 6, waves: 1, risk: 0.05, streams });
    for (let rank = 1; rank <= 6; rank += 1) judge.expose();
    metrics.forEach(({ k: failed, n: devices }, i) => {
      for (let rank = devices - failed + 1; rank <= devices; rank += 1) judge.fail(rank, String(i));
    });
    expect(Math.abs(Math.log(judge.score.evidence) - Math.log(E))).toBeLessThanOrEqual(1e-9);
    expect(judge.score).toMatchObject({ at: { failed: 2, exposed: 6 }, by: { stream: '0' } });
  },
);

test('only the vectors of comparators are left', () => {
  const groups = /^(abort|promote|bounds|boundary|restart|crossing|two-sample|merge)-/;
  const left = vectorIds.filter((id) => !groups.test(id));
  expect(left).toEqual(['multinomial-1', 'multinomial-2', 'sprt-1', 'binom-1']);
});

test.each([
  [0.01, [1, 11, 29, 53, 82, 116, 154, 195, 238, 284]],
  [0.02, [0, 6, 16, 29, 45, 63, 83, 104, 127, 150]],
  [0.05, [0, 3, 8, 14, 21, 29, 37, 46, 56, 66]],
  [0.1, [0, 2, 5, 8, 12, 16, 21, 26, 31, 36]],
])('at a limit of %d, 1 to 10 failures abort among at most %p devices', (limit, devices) => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((failures) => mostDevices(failures, limit))).toEqual(
    devices,
  );
});
