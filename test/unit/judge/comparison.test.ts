import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { drawsOf } from '../../../bench/draws.js';
import { comparisonEvidence } from '../../../src/domain/judge/comparison.js';
import type { ComparedLook } from '../../../src/domain/judge/comparison.js';

const look = (canaries: number, canariesFailed: number, controls = 0, controlsFailed = 0) => ({
  canaries,
  canariesFailed,
  controls,
  controlsFailed,
});

test('before anything has failed the evidence is 1', () => {
  expect(comparisonEvidence([])).toBe(1);
  expect(comparisonEvidence([look(5, 0, 45, 0)])).toBeCloseTo(1, 12);
});

test('one failure among one canary and nine controls is weighed by whose it is', () => {
  // A guess of x times: 10x / (x + 9) where it is the canary's, 10 / (x + 9) where it is a control's; over x = 2, 4, ... 256.
  // 1.818 3.077 4.706 6.4 7.805 8.767 9.343 9.660, on average 6.447.
  expect(comparisonEvidence([look(1, 1, 9, 0)])).toBeCloseTo(6.447, 3);
  // 0.9091 0.7692 0.5882 0.4 0.2439 0.137 0.073 0.0377, on average 0.3948.
  expect(comparisonEvidence([look(1, 0, 9, 1)])).toBeCloseTo(0.3948, 4);
});

test('where everybody fails, or nobody is left to compare with, it says nothing', () => {
  expect(comparisonEvidence([look(5, 5, 45, 45)])).toBeCloseTo(1, 12);
  expect(comparisonEvidence([look(5, 4)])).toBeCloseTo(1, 12);
});

test('three canaries of five that fail beside 195 devices without the release are enough to abort', () => {
  expect(comparisonEvidence([look(5, 2, 195, 0)])).toBeGreaterThan(80);
  // An incident in which two of five and 78 of 195 fail is none of the release.
  expect(comparisonEvidence([look(5, 2, 195, 78)])).toBeLessThan(1);
});

const looks = fc.array(
  fc
    .record({ canaries: fc.integer({ min: 1, max: 300 }), controls: fc.nat({ max: 3000 }) })
    .chain(({ canaries, controls }) =>
      fc.record({
        canaries: fc.constant(canaries),
        canariesFailed: fc.nat({ max: canaries }),
        controls: fc.constant(controls),
        controlsFailed: fc.nat({ max: controls }),
      }),
    ),
  { maxLength: 20 },
);

test('it is always a number, and a control that fails besides never raises it', () => {
  fc.assert(
    fc.property(looks, (seen) => {
      const evidence = comparisonEvidence(seen);
      expect(Number.isFinite(evidence)).toBe(true);
      const worse = seen.map((one) => ({
        ...one,
        controlsFailed: Math.min(one.controls, one.controlsFailed + 1),
      }));
      expect(comparisonEvidence(worse)).toBeLessThanOrEqual(evidence * (1 + 1e-9));
    }),
    { seed: 1 },
  );
});

test('given how many fail, a look multiplies it by 1 on average where canaries are at no more risk', () => {
  // 5 canaries, 45 controls, 3 failures: the chances of 0, 1, 2, 3 canaries among them are hypergeometric.
  const ways = [14190, 5 * 990, 10 * 45, 10].map((count) => count / 19_600);
  const mean = ways.reduce(
    (sum, chance, k) => sum + chance * comparisonEvidence([look(5, k, 45, 3 - k)]),
    0,
  );
  expect(mean).toBeCloseTo(1, 12);
});

/** The share of rollouts whose evidence ever reaches 80: 40 canaries and 360 controls, 25 % of either fail over an hour. */
function reached(runs: number, delays: { canary: number; control: number }): number {
  const random = drawsOf(20260106);
  const aborted = Array.from({ length: runs }, () => {
    const draw = (devices: number, minutes: number) =>
      Array.from({ length: devices }, () =>
        random() < 0.25 ? Math.floor(random() * minutes) : Infinity,
      );
    const [canaries, controls] = [draw(40, delays.canary), draw(360, delays.control)];
    const seen: ComparedLook[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      const at = (all: number[]) => all.filter((one) => one === minute).length;
      const left = (all: number[]) => all.filter((one) => one >= minute).length;
      seen.push(look(left(canaries), at(canaries), left(controls), at(controls)));
      if (comparisonEvidence(seen) >= 80) return true;
    }
    return false;
  }).filter(Boolean).length;
  return aborted / runs;
}

// The promise is 1 in 80.
test('an incident that hits both alike, whatever it does when, hardly ever aborts', () => {
  expect(reached(400, { canary: 60, control: 60 })).toBeLessThan(0.0125);
});
