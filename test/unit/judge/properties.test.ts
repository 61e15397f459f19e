import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import type { FailuresOfRollout } from '../../../src/domain/judge/abort-evidence.js';
import {
  lnAbortEvidence,
  lnAbortEvidenceBound,
  lnPromoteEvidence,
} from '../../../src/domain/judge/evidence.js';
import { failureRateInterval } from '../../../src/domain/judge/failure-rate-interval.js';
import { promoteEvidence } from '../../../src/domain/judge/promote-evidence.js';
import { MixtureBoundary } from '../../../src/domain/judge/mixture-boundary.js';
import { signals, signalShares } from '../../../src/domain/judge/signals.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';

const limit = fc.double({ min: 0.001, max: 0.5, noNaN: true });
const rank = fc.integer({ min: 1, max: 400 });
const rollout = fc.record({
  failedRanks: fc.uniqueArray(rank, { maxLength: 40 }),
  waveStarts: fc.subarray([5, 40, 100, 200]),
  planned: fc.constantFrom(30, 400),
  waves: fc.integer({ min: 1, max: 5 }),
  streams: limit.map((one) => fleetByPlatform(one, [])),
  risk: fc.constant(0.05),
});
const counts = fc
  .nat({ max: 1_000_000 })
  .chain((n) => fc.record({ n: fc.constant(n), k: fc.nat({ max: n }), limit }));

/** The definition, taken at its word: every prefix from the second failure on, every restart. */
function largestEvidence(rollout: FailuresOfRollout) {
  const { failedRanks, waveStarts, planned, waves, streams } = rollout;
  const limit = streams[0]?.limit ?? 0;
  const laterWaves = waves - 1;
  const grid = Array.from({ length: Math.ceil(planned / 50) - 1 }, (_, i) => 50 * (i + 1));
  const unused = (laterWaves === 0 ? 0.25 : 0) + (grid.length === 0 ? 0.25 : 0);
  const begun = waveStarts.slice(0, laterWaves);
  const restarts = [
    [0, 0.5 + unused] as const,
    ...begun.map((start) => [start, 0.25 / laterWaves] as const),
    ...grid.map((start) => [start, 0.25 / grid.length] as const),
  ];
  const notBegun = laterWaves === 0 ? 0 : 0.25 * (1 - begun.length / laterWaves);
  const failedBetween = (from: number, to: number) =>
    failedRanks.filter((failed) => failed > from && failed <= to).length;
  const evidence = Array.from({ length: 400 }, (_, i) => i + 1)
    .filter((prefix) => failedBetween(0, prefix) >= 2)
    .map((prefix) =>
      restarts.reduce(
        (sum, [start, weight]) =>
          sum +
          weight *
            (prefix <= start
              ? 1
              : Math.exp(lnAbortEvidence(failedBetween(start, prefix), prefix - start, limit))),
        notBegun,
      ),
    );
  return Math.max(1, ...evidence);
}

test('evidence for an abort is the largest over every prefix and restart', () => {
  fc.assert(
    fc.property(rollout, (failures) => {
      const largest = largestEvidence(failures);
      expect(abortEvidence(failures).evidence / largest).toBeCloseTo(1, 9);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('more failures never lower evidence for an abort', () => {
  fc.assert(
    fc.property(rollout, rank, (failures, another) => {
      const more = { ...failures, failedRanks: [...failures.failedRanks, another] };
      expect(abortEvidence(more).evidence).toBeGreaterThanOrEqual(
        abortEvidence(failures).evidence * (1 - 1e-12),
      );
    }),
    { seed: 2 },
  );
});

test('the order in which failures arrive changes nothing', () => {
  fc.assert(
    fc.property(rollout, fc.integer({ min: 0, max: 40 }), (failures, turn) => {
      const { failedRanks } = failures;
      const turned = [...failedRanks.slice(turn), ...failedRanks.slice(0, turn)].reverse();
      expect(abortEvidence({ ...failures, failedRanks: turned })).toEqual(abortEvidence(failures));
    }),
    { seed: 3 },
  );
});

test('a wave that starts behind the known failures changes nothing', () => {
  fc.assert(
    fc.property(rollout, (failures) => {
      const begun = { ...failures, waveStarts: [], waves: 3 };
      const { evidence } = abortEvidence({ ...begun, waveStarts: [400] });
      expect(evidence).toBeCloseTo(abortEvidence(begun).evidence, 9);
    }),
    { seed: 4 },
  );
});

test('a pending device never raises evidence, for an abort or for a promotion', () => {
  fc.assert(
    fc.property(counts, ({ k, n, limit }) => {
      expect(lnAbortEvidence(k, n + 1, limit)).toBeLessThanOrEqual(
        lnAbortEvidence(k, n, limit) + 1e-7,
      );
      const answers = { failed: k, answered: n, limit, risk: 0.05 };
      expect(promoteEvidence({ ...answers, pending: 1 }).evidence).toBeLessThanOrEqual(
        promoteEvidence({ ...answers, pending: 0 }).evidence * (1 + 1e-7),
      );
    }),
    { seed: 5 },
  );
});

test('a failure in place of a success raises evidence for an abort and lowers it for a promotion', () => {
  fc.assert(
    fc.property(counts, ({ k, n, limit }) => {
      expect(lnAbortEvidence(k + 1, n + 1, limit)).toBeGreaterThan(
        lnAbortEvidence(k, n + 1, limit),
      );
      expect(lnPromoteEvidence(k + 1, n + 1, limit)).toBeLessThan(
        lnPromoteEvidence(k, n + 1, limit),
      );
    }),
    { seed: 6 },
  );
});

test('a higher limit never raises evidence for an abort', () => {
  fc.assert(
    fc.property(counts, limit, ({ k, n, limit: one }, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(lnAbortEvidence(k, n, high)).toBeLessThanOrEqual(lnAbortEvidence(k, n, low) + 1e-7);
    }),
    { seed: 7 },
  );
});

test('all evidence is finite up to a million devices, and never over its bound', () => {
  fc.assert(
    fc.property(counts, ({ k, n, limit }) => {
      const ln = lnAbortEvidence(k, n, limit);
      expect(Number.isFinite(ln)).toBe(true);
      expect(Number.isFinite(lnPromoteEvidence(k, n, limit))).toBe(true);
      expect(ln).toBeLessThanOrEqual(lnAbortEvidenceBound(k, n, limit) + 1e-7);
    }),
    { seed: 8, numRuns: 2000 },
  );
});

test('the interval contains the share of failures, and narrows as pending devices answer', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 300 }),
      fc.nat({ max: 300 }),
      fc.nat({ max: 50 }),
      (good, failed, pending) => {
        const exposed = good + failed + pending;
        const open = failureRateInterval({ failed, exposed, pending, risk: 0.05 });
        const answered = failureRateInterval({ failed, exposed, pending: 0, risk: 0.05 });
        expect(open.lower * exposed).toBeLessThanOrEqual(failed + 1e-9);
        expect(open.upper * exposed).toBeGreaterThanOrEqual(failed + pending - 1e-9);
        expect(answered.upper).toBeLessThanOrEqual(open.upper);
      },
    ),
    { seed: 9, numRuns: 50 },
  );
});

test('a smaller risk asks for more evidence, and the shares of the signals add up to all of it', () => {
  fc.assert(
    fc.property(rollout, (failures) => {
      const careful = abortEvidence({ ...failures, risk: 0.01 });
      expect(careful.threshold).toBeGreaterThan(abortEvidence(failures).threshold);
      expect(careful.evidence).toBe(abortEvidence(failures).evidence);
    }),
    { seed: 10 },
  );
  expect(signals.reduce((sum, signal) => sum + signalShares[signal], 0)).toBe(1);
});

test('among more devices never fewer failures abort, nor under a higher threshold or limit', () => {
  const risks = fc.double({ min: 0.001, max: 0.5, noNaN: true });
  const lows = fc.double({ min: 0.01, max: 0.3, noNaN: true });
  fc.assert(
    fc.property(lows, lows, risks, risks, (one, other, risk, another) => {
      const boundary = (limit: number, threshold: number) => {
        const found = new MixtureBoundary({ planned: 300, waves: 1, limit, threshold }, []);
        return Array.from({ length: 300 }, (_, i) => found.at(i + 1));
      };
      const low = boundary(Math.min(one, other), 1 / Math.max(risk, another));
      const high = boundary(Math.max(one, other), 1 / Math.min(risk, another));
      for (const [i, failures] of low.entries()) {
        expect(failures).toBeGreaterThanOrEqual(Math.min(low[i - 1] ?? 0, i + 1));
        expect(high[i]).toBeGreaterThanOrEqual(failures);
      }
    }),
    { seed: 11, numRuns: 20 },
  );
});
