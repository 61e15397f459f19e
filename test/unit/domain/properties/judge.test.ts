import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeWave } from '../../../../src/domain/judge.js';
import { evidenceOf } from '../judging.js';

const count = fc.nat({ max: 40 });
const look = fc
  .record({
    queued: count,
    inProgress: fc.nat({ max: 5 }),
    succeeded: fc.nat({ max: 200 }),
    failed: fc.nat({ max: 6 }),
    rejected: fc.nat({ max: 2 }),
    timedOut: fc.nat({ max: 2 }),
    removed: fc.nat({ max: 3 }),
    canceled: fc.nat({ max: 3 }),
    apart: fc.nat({ max: 2 }),
    left: fc.nat({ max: 3 }),
    at: fc.nat({ max: 100 }),
    isBaked: fc.boolean(),
    failedRanks: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 8 }),
    unhealthyRanks: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 2 }),
    maxFailurePercent: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ left, at, isBaked, failedRanks, unhealthyRanks, maxFailurePercent, ...counts }) => {
    const admitted = Object.values(counts).reduce((sum, one) => sum + one, 0);
    return {
      progress: {
        file: {
          strategy: {
            waves: [],
            health: {
              maxFailurePercent,
              falseAbortRisk: 0.05,
              falsePromoteRisk: 0.05,
              deviceDeadlineSeconds: 60,
              minReachPercent: 80,
            },
            maxInFlight: 50,
            onHold: 'wait' as const,
            onAbort: 'rollback' as const,
            returnWithinSeconds: 259_200,
          },
        },
        waves: [{ name: 'all', size: admitted + left, bakeSeconds: 0, approval: false }],
        wave: 0,
        admitted,
        skipped: [],
        admissions: [{ at: 0, devices: 10 }],
        counts,
        answeredBefore: 0,
        extendedBy: 0,
        ranked: 200,
        platforms: [{ platform: 'linux/amd64', devices: 200 }],
        evidence: evidenceOf({ failedRanks, unhealthyRanks }),
        ...(isBaked && { bakeEndsAt: 0 }),
      },
      observation: {
        at: at * 1000,
        counts,
        failures: [],
        unasked: 0,
        isBaselineLatest: true,
        isDeploymentActive: true,
      },
    };
  });

test('a wave that passes has answered, and its failures are within the limit of those that answered', () => {
  fc.assert(
    fc.property(look, ({ progress, observation }) => {
      const { judgement } = judgeWave(progress, observation);
      fc.pre(judgement.verdict === 'Promote');
      const { answered, failed } = judgement.numbers;
      const { maxFailurePercent } = progress.file.strategy.health;
      expect(failed * 100).toBeLessThanOrEqual(maxFailurePercent * answered);
      expect(answered).toBeGreaterThan(0);
    }),
  );
});

test('a bake begins only where the wave is admitted, reached and answered', () => {
  fc.assert(
    fc.property(look, ({ progress, observation }) => {
      fc.pre(progress.bakeEndsAt === undefined);
      const { judgement, bakeEndsAt } = judgeWave(progress, observation);
      fc.pre(bakeEndsAt !== undefined);
      const { devices, reached, pending, answered } = judgement.numbers;
      expect(progress.admitted).toBe(progress.waves[0]?.size);
      expect(reached * 100).toBeGreaterThanOrEqual(80 * devices);
      expect(pending * 100).toBeLessThanOrEqual(5 * progress.admitted);
      expect(answered).toBeGreaterThan(0);
    }),
  );
});

test('one more failure never takes an abort back, nor makes a wave pass that did not', () => {
  fc.assert(
    fc.property(look, fc.constantFrom('inProgress', 'succeeded', 'queued'), (seen, from) => {
      const { progress, observation } = seen;
      const { counts } = observation;
      fc.pre(counts[from] > 0);
      const worse = { ...counts, [from]: counts[from] - 1, failed: counts.failed + 1 };
      const before = judgeWave(progress, observation).judgement.verdict;
      const { failedRanks } = progress.evidence;
      const { deployment } = failedRanks;
      const rank = Math.max(0, ...deployment) + 1;
      const failed = {
        ...progress,
        evidence: {
          ...progress.evidence,
          failedRanks: { ...failedRanks, deployment: [...deployment, rank] },
        },
      };
      const after = judgeWave(failed, { ...observation, counts: worse }).judgement.verdict;
      expect(before !== 'Abort' || after === 'Abort').toBe(true);
      expect(from !== 'succeeded' || before === 'Promote' || after !== 'Promote').toBe(true);
    }),
  );
});
