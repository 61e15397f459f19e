import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { afterLook, nextState } from '../../../../src/domain/rollout-progress.js';
import type { Intent } from '../../../../src/domain/rollout.js';
import { noExecutions } from '../../../../src/domain/wave.js';
import { evidenceOf } from '../judging.js';
import { kept } from '../kept-rollout.js';

const iso = (minutes: number) => `2026-01-05T08:${String(minutes).padStart(2, '0')}:00.000Z`;
const time = fc.integer({ min: 0, max: 59 }).map(iso);
const intent = (wants: Intent['wants']) =>
  fc.record({
    wants: fc.constant(wants),
    by: fc.constant('ada'),
    reason: fc.constant('why'),
    at: time,
  });
const intents = fc.tuple(
  fc.option(intent('abort'), { freq: 4, nil: undefined }),
  fc.option(intent('pause'), { nil: undefined }),
  fc.option(intent('resume'), { nil: undefined }),
  fc.option(intent('approve'), { nil: undefined }),
);
const ranks = fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 3 });
const world = fc
  .record({
    phase: fc.constantFrom('Running', 'Baking', 'AwaitingApproval', 'Paused', 'Held'),
    phaseSince: time,
    onHold: fc.constantFrom('wait', 'abort', 'promote'),
    approval: fc.boolean(),
    isLast: fc.boolean(),
    bakeEndsAt: fc.constantFrom(undefined, 0, 0, 600_000),
    extendedBy: fc.nat({ max: 4 }),
    missing: fc.constantFrom(0, 0, 0, 4),
    succeeded: fc.integer({ min: 10, max: 40 }),
    inProgress: fc.nat({ max: 2 }),
    queued: fc.nat({ max: 12 }),
    failedRanks: ranks,
    unhealthyRanks: ranks,
    said: intents,
  })
  .map((seen) => {
    const { succeeded, inProgress, queued, failedRanks, bakeEndsAt } = seen;
    const failed = failedRanks.length;
    const admitted = succeeded + inProgress + queued + failed;
    const size = Math.max(1, admitted + seen.missing - seen.extendedBy);
    const wave = { name: 'first', size, bakeSeconds: 600, approval: seen.approval };
    const next = { name: 'next', size: size + 10, bakeSeconds: 600, approval: false };
    const strategy = { ...kept.file.strategy, onHold: seen.onHold };
    return {
      intents: seen.said.flatMap((said) => said ?? []),
      rollout: {
        ...kept,
        file: { ...kept.file, strategy },
        phase: seen.phase,
        phaseSince: seen.phaseSince,
        wave: 0,
        waves: seen.isLast ? [wave] : [wave, next],
        admitted,
        skipped: [],
        admissions: [],
        answeredBefore: 0,
        extendedBy: seen.extendedBy,
        evidence: evidenceOf({ failedRanks, unhealthyRanks: seen.unhealthyRanks }),
        ...(bakeEndsAt !== undefined && { bakeEndsAt }),
      },
      observation: {
        at: 300_000,
        counts: { ...noExecutions, succeeded, inProgress, queued, failed },
        failures: [],
        unasked: 0,
        isBaselineLatest: true,
        isDeploymentActive: true,
      },
    };
  });
const now = iso(59);

test('a look twice over the same reports ends in the same phase, with the same evidence and devices', () => {
  fc.assert(
    fc.property(world, ({ rollout, observation, intents: said }) => {
      const once = afterLook(rollout, observation, said, now);
      const twice = afterLook(once, observation, said, now);
      const { judgement, ...kept1 } = once;
      const { judgement: again, ...kept2 } = twice;
      expect(kept2).toEqual(kept1);
      expect(again.verdict).toBe(judgement.verdict);
      expect(again.evidence).toEqual(judgement.evidence);
    }),
    { numRuns: 1000 },
  );
});

test('an abort that a person wants is the verdict in every phase, and evidence that aborts too', () => {
  fc.assert(
    fc.property(world, ({ rollout, observation, intents: said }) => {
      const { judgement } = afterLook(rollout, observation, said, now);
      const isWanted = said.some(({ wants }) => wants === 'abort');
      if (isWanted || judgement.evidence?.aborts) expect(judgement.verdict).toBe('Abort');
    }),
    { numRuns: 500 },
  );
});

test('a wave passes within its limit, or by an approval, or by onHold; an approval that is asked for is always there', () => {
  fc.assert(
    fc.property(world, ({ rollout, observation, intents: said }) => {
      const after = afterLook(rollout, observation, said, now);
      const { verdict, numbers } = after.judgement;
      if (verdict !== 'Promote') return;
      const isApproved = after.approvedWaves.includes(0);
      expect(isApproved || !rollout.waves[0]?.approval).toBe(true);
      const isWithin = numbers.answered > 0 && numbers.failed * 100 <= 5 * numbers.answered;
      const mayPass = rollout.file.strategy.onHold === 'promote' && numbers.answered > 0;
      expect(isWithin || isApproved || mayPass).toBe(true);
      expect(after.admitted).toBeGreaterThanOrEqual(rollout.waves[0]?.size ?? 0);
    }),
    { numRuns: 500 },
  );
});

test('while a person is waited for, nobody is admitted', () => {
  fc.assert(
    fc.property(world, ({ rollout, observation, intents: said }) => {
      const after = afterLook(rollout, observation, said, now);
      const isWaiting = ['AwaitingApproval', 'Paused', 'Held'].includes(after.phase);
      if (!isWaiting || after.judgement.verdict === 'Abort') return;
      expect(nextState(after)).toBe('AwaitPerson');
      expect(after.extendedBy).toBe(rollout.extendedBy);
    }),
    { numRuns: 500 },
  );
});
