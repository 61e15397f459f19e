import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { judgeWave } from '../../../src/domain/judge.js';
import { failuresToAbort, strongestEvidence } from '../../../src/domain/signal-evidence.js';
import { canary, evidenceOf, minute, progress, seen } from './judging.js';

const outlook = (...[state, look]: Parameters<typeof judgeWave>) => {
  const { alternatives, wouldChange, failureRate, verdict } = judgeWave(state, look).judgement;
  return { verdict, alternatives, wouldChange, failureRate };
};

test('an abort says what it would have been without its last failure, and that nothing takes it back', () => {
  const state = canary({ failedRanks: [0, 1] });
  const { failureRate, ...found } = outlook(state, seen({ failed: 2, inProgress: 3 }));
  expect(found).toEqual({
    verdict: 'Abort',
    alternatives: [
      { verdict: 'Continue', why: 'with one failure fewer: evidence 1 < 40' },
      { verdict: 'Promote', why: 'failed (2) > 5 % of 2 answered = 0' },
    ],
    wouldChange: ['nothing: what has failed stays failed, whatever comes'],
  });
  // The three that have yet to answer may fail as well.
  expect(failureRate?.upper).toBe(1);
  expect(failureRate?.lower).toBeGreaterThan(0.02);
});

test('an abort that rests on earlier failures than the last says nothing of one fewer', () => {
  const state = canary({ failedRanks: [0, 1, 4] });
  expect(outlook(state, seen({ failed: 3, inProgress: 2 }))).toMatchObject({
    verdict: 'Abort',
    alternatives: [{ verdict: 'Promote' }],
  });
});

test('a wave that bakes says how many failures abort, and how many successes prove it', () => {
  const state = progress({ bakeEndsAt: 99 * minute });
  expect(outlook(state, seen({ succeeded: 50 }))).toMatchObject({
    verdict: 'Continue',
    alternatives: [
      { verdict: 'Abort', why: 'evidence 1 < 40' },
      {
        verdict: 'Promote',
        why: 'failed (0) <= 5 % of 50 answered = 2, once it has settled and baked',
      },
    ],
    // 74 without a failure prove 5 %. To the restart after the 50th device the next three are its first: 1472 times its 1/12 is over 40.
    wouldChange: [
      '3 more failures among the next 3 started would abort',
      '3 more failures would put it over the limit',
      '24 more successes in a row would prove it',
    ],
  });
});

test('a held wave says how many successes bring it within its limit', () => {
  const state = canary({
    failedRanks: [4],
    extendedBy: 45,
    admitted: 50,
    admissions: [],
    bakeEndsAt: 0,
  });
  const found = outlook(state, seen({ succeeded: 12, failed: 1, canceled: 37 }));
  expect(found).toMatchObject({
    verdict: 'Hold',
    alternatives: [
      { verdict: 'Promote', why: 'failed (1) > 5 % of 13 answered = 0' },
      { verdict: 'Abort', why: 'evidence 1 < 40' },
    ],
  });
  expect(found.wouldChange).toContain('7 more successes would bring it within the limit');
});

const ranks = fc.uniqueArray(fc.nat({ max: 49 }), { maxLength: 5 });

test('so many more failures abort, and one fewer do not', () => {
  fc.assert(
    fc.property(ranks, (failedRanks) => {
      const state = progress({ failedRanks });
      const before = strongestEvidence(state);
      const found = failuresToAbort(state, before);
      if (!found) return;
      const { failures, among = 0 } = found;
      const aborts = (count: number) => {
        const next = Array.from({ length: count }, (_, i) => 50 + among - 1 - i);
        const evidence = evidenceOf({ failedRanks: [...failedRanks, ...next], waveStarts: [5] });
        return strongestEvidence({ ...state, evidence }).aborts;
      };
      expect(aborts(failures)).toBe(true);
      expect(aborts(failures - 1)).toBe(false);
    }),
    { seed: 1, numRuns: 40 },
  );
});

const mixed = [
  { platform: 'linux/aarch64', devices: 160 },
  { platform: 'linux/amd64', devices: 40 },
];

test('failures of one platform abort where as many of all platforms would not, and the reason says which it is', () => {
  // Every fifth device is amd64: ranks 2, 7, 12, 17.
  const failures = { failedRanks: [2, 7, 12, 17] };
  const counts = seen({ succeeded: 46, failed: 4 });
  const before = judgeWave(progress(failures), counts).judgement;
  expect(before).toMatchObject({ verdict: 'Continue', evidence: { by: { stream: 'all' } } });
  const { verdict, reason } = judgeWave(
    progress({ ...failures, platforms: mixed }),
    counts,
  ).judgement;
  expect(verdict).toBe('Abort');
  expect(reason).toMatch(
    /^failed 4 of the first 18 started, 4 of 4 on linux\/amd64; evidence .* >= 40$/,
  );
  const elsewhere = progress({ failedRanks: [1, 7, 13, 19], platforms: mixed });
  expect(judgeWave(elsewhere, counts).judgement.verdict).toBe('Continue');
});

test('so many more failures abort, whichever platforms they are of', () => {
  const state = progress({ failedRanks: [2, 7], platforms: mixed });
  const { failures, among } = failuresToAbort(state, strongestEvidence(state)) ?? {};
  expect(failures).toBeGreaterThan(0);
  const aborts = (next: readonly number[]) => {
    const evidence = evidenceOf({ failedRanks: [2, 7, ...next], waveStarts: [5] });
    return strongestEvidence({ ...state, evidence }).aborts;
  };
  const last = Array.from({ length: failures ?? 0 }, (_, i) => 50 + (among ?? 0) - 1 - i);
  expect(aborts(last)).toBe(true);
});
