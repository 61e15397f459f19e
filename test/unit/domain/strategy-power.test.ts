import { expect, test } from '@jest/globals';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';
import { strategyPower as powerOf } from '../../../src/domain/strategy-power.js';
import type { Prospect } from '../../../src/domain/strategy-power.js';
import type { Wave } from '../../../src/domain/wave.js';

const strategy = (maxFailurePercent: number, maxInFlight = 100) => ({
  health: {
    maxFailurePercent,
    falseAbortRisk: 0.05,
    falsePromoteRisk: 0.05,
    deviceDeadlineSeconds: 1800,
    minReachPercent: 80,
  },
  maxInFlight,
});
const wavesOf = (...sizes: number[]): Wave[] =>
  sizes.map((size) => ({ name: `${size}`, size, bakeSeconds: 60, approval: false }));
const strategyPower = (of: Parameters<typeof powerOf>[0], waves: readonly Wave[], platforms = 1) =>
  powerOf(of, { waves, platforms });
const prospect = (found: readonly Prospect[] | undefined, failureRate: number) =>
  found?.find((one) => one.failureRate === failureRate);

test('a canary of five lets a release that fails on half of the devices past in one case of 32', () => {
  const [canary] = strategyPower(strategy(5), wavesOf(5, 200));
  // A failure in five is over the limit: it extends or aborts. So only 0.5^5 and 0.9^5 get past.
  expect(prospect(canary?.prospects, 0.5)?.passes).toBeCloseTo(0.03125, 12);
  expect(prospect(canary?.prospects, 0.1)?.passes).toBeCloseTo(0.59049, 12);
  expect(canary?.devices).toBe(5);
});

test('five devices cannot show a failure rate under 45 %', () => {
  const [canary, whole] = strategyPower(strategy(5), wavesOf(5, 200));
  // 0.95^5 = 0.77; (1 - 0.4507)^5 = 0.05.
  expect(canary?.showsFrom).toBeCloseTo(0.4507, 2);
  expect(whole?.showsFrom).toBeLessThan(0.1);
});

test('where the limit is 100 % no failure rate is ever stopped', () => {
  const [whole] = strategyPower(strategy(100), wavesOf(10));
  expect(whole).toMatchObject({ showsFrom: undefined });
  expect(prospect(whole?.prospects, 0.5)).toEqual({
    failureRate: 0.5,
    passes: 1,
    aborts: 0,
    holds: 0,
    devicesHit: undefined,
  });
});

test('before an approval a wave holds instead of extending', () => {
  const waves = wavesOf(5, 200);
  const asked = waves.map((wave, i) => ({ ...wave, approval: i === 0 }));
  const [, open] = strategyPower(strategy(5), waves);
  const [, held] = strategyPower(strategy(5), asked);
  // 1 - 0.99^5 = 0.0490 of the releases have a failure among the first five, and hardly one of them is aborted for it.
  expect(prospect(held?.prospects, 0.01)?.holds).toBeGreaterThan(0.0489);
  expect(prospect(open?.prospects, 0.01)?.holds).toBeLessThan(0.01);
});

test('whoever is in flight at the abort is hit as well, up to the end of the wave', () => {
  const hit = (maxInFlight: number) => {
    const found = strategyPower(strategy(5, maxInFlight), wavesOf(100)).at(-1);
    return prospect(found?.prospects, 0.5)?.devicesHit ?? NaN;
  };
  // One at a time, it is the failure that decides.
  expect(hit(1)).toBeGreaterThan(3);
  expect(hit(1)).toBeLessThan(8);
  expect(hit(11)).toBeCloseTo(hit(1) + 10, 6);
  expect(hit(100)).toBeCloseTo(100, 6);
});

/** What happens to one release, told outcome by outcome: 'pass', 'abort' or 'hold' of the last of the waves. */
function fateOf(outcomes: readonly boolean[], waves: readonly Wave[], percent: number) {
  const planned = waves.at(-1)?.size ?? 0;
  const waveStarts: number[] = [];
  const evidence = (n: number) =>
    abortEvidence({
      failedRanks: outcomes.slice(0, n).flatMap((hasFailed, i) => (hasFailed ? [i + 1] : [])),
      waveStarts,
      planned,
      waves: waves.length,
      streams: fleetByPlatform(percent / 100, []),
      // Deployments have half of the risk.
      risk: 0.025,
    });
  let started = 0;
  for (const [i, { size }] of waves.entries()) {
    const next = waves[i + 1]?.size;
    for (let end = size; ; end = Math.min(end + Math.ceil(size / 4), next ?? end)) {
      for (; started < end; started += 1) if (evidence(started + 1).aborts) return 'abort';
      const failed = outcomes.slice(0, end).filter(Boolean).length;
      if (failed <= Math.floor((percent * end) / 100 + 1e-9)) break;
      if (next === undefined || end === next) return 'hold';
    }
    waveStarts.push(started);
  }
  return 'pass';
}

test.each([
  { sizes: [12], percent: 20 },
  { sizes: [3, 12], percent: 5 },
  { sizes: [4, 8, 12], percent: 5 },
])('the chances of waves $sizes at $percent % are those of all outcomes, one by one', (plan) => {
  const waves = wavesOf(...plan.sizes);
  const fates = { pass: 0, abort: 0, hold: 0 };
  for (let bits = 0; bits < 2 ** 12; bits += 1) {
    const outcomes = Array.from({ length: 12 }, (_, i) => ((bits >> i) & 1) === 1);
    const failed = outcomes.filter(Boolean).length;
    fates[fateOf(outcomes, waves, plan.percent)] += 0.2 ** failed * 0.8 ** (12 - failed);
  }
  const found = prospect(strategyPower(strategy(plan.percent), waves).at(-1)?.prospects, 0.2);
  expect(found?.passes).toBeCloseTo(fates.pass, 12);
  expect(found?.aborts).toBeCloseTo(fates.abort, 12);
  expect(found?.holds).toBeCloseTo(fates.hold, 12);
});

test('in the end the chances add up to 1, and the one to get past only falls from wave to wave', () => {
  const found = strategyPower(strategy(5), wavesOf(5, 20, 250, 1000));
  for (const { passes, aborts, holds } of found.at(-1)?.prospects ?? [])
    expect(passes + aborts + holds).toBeCloseTo(1, 9);
  const passes = found.map(({ prospects }) => prospect(prospects, 0.05)?.passes ?? NaN);
  expect(passes).toEqual(passes.toSorted((a, b) => b - a));
});
test('waves of more than 20,000 devices are left out, and change little for those before', () => {
  const found = strategyPower(strategy(5), wavesOf(5, 50, 1_000_000));
  expect(found.map(({ wave }) => wave)).toEqual(['5', '50']);
});

test('with several platforms a plan promises no more than with one, and hardly less', () => {
  const waves = wavesOf(5, 50, 200);
  const [one, three] = [1, 3].map((platforms) =>
    prospect(strategyPower(strategy(5), waves, platforms).at(-1)?.prospects, 0.2),
  );
  expect(three?.aborts).toBeLessThanOrEqual(one?.aborts ?? 0);
  expect(three?.aborts).toBeGreaterThan((one?.aborts ?? 1) - 0.02);
});
