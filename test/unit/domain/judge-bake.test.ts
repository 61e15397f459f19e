import { describe, expect, test } from '@jest/globals';
import { judgeWave } from '../../../src/domain/judge.js';
import { canary, judged, minute, progress, seen } from './judging.js';

describe('the end of a bake', () => {
  const baked = { bakeEndsAt: 150 * minute };

  test('a wave within the limit of the answered devices passes', () => {
    expect(
      judged(progress(baked), seen({ succeeded: 38, failed: 2, queued: 10 }, 150 * minute)),
    ).toEqual([
      'Promote',
      'failed (2) <= 5 % of 40 answered = 2, not proven; evidence 1 < 40',
      150 * minute,
    ]);
  });

  test('a moment before, it does not', () => {
    expect(judged(progress(baked), seen({ succeeded: 50 }, 150 * minute - 1000))).toEqual([
      'Continue',
      'wave early bakes for another 1s; failed (0), limit 5 % of 50 answered = 2; evidence 1 < 40',
      150 * minute,
    ]);
  });

  // 74 good answers of 74 prove a rate below 5 % at a risk of 5 %: 20.29 against 20, while 73 give 19.40.
  test.each([
    [73, false, 'failed (0) <= 5 % of 73 answered = 3, not proven; evidence 1 < 40'],
    [74, true, 'failed (0) <= 5 % of 74 answered = 3, proven; evidence 1 < 40'],
  ])('%d good answers: proven is %s', (succeeded, proven, reason) => {
    const waves = [{ name: 'all', size: succeeded, bakeSeconds: 60, approval: false }];
    const state = canary({ waves, ranked: 200, admitted: succeeded, bakeEndsAt: 0 });
    expect(judgeWave(state, seen({ succeeded })).judgement).toMatchObject({
      verdict: 'Promote',
      proven,
      reason,
    });
  });

  test('the last wave passes while offline devices stay queued past the deadline', () => {
    const state = progress({
      wave: 2,
      waveStarts: [5, 50],
      admitted: 200,
      answeredBefore: 50,
      admissions: [],
    });
    const settled = judgeWave(state, seen({ succeeded: 165, queued: 35 }, 100 * minute));
    expect(settled.bakeEndsAt).toBe(160 * minute);
    const later = seen({ succeeded: 165, queued: 35 }, 160 * minute);
    expect(judgeWave({ ...state, bakeEndsAt: 160 * minute }, later).judgement).toMatchObject({
      verdict: 'Promote',
      reason: 'failed (0) <= 5 % of 165 answered = 8, proven; evidence 1 < 40',
      proven: true,
      evidence: {
        evidence: 1,
        signal: 'deployment',
        threshold: 40,
        at: { failed: 0, exposed: 0 },
        aborts: false,
      },
      numbers: {
        devices: 200,
        reached: 165,
        answered: 165,
        succeeded: 165,
        failed: 0,
        pending: 0,
        queued: 35,
        apart: 0,
      },
    });
  });

  test('a wave whose every answer has left the group since does not pass', () => {
    expect(judged(canary({ bakeEndsAt: 0 }), seen({ removed: 5 }))).toEqual([
      'Hold',
      'no device of wave canary has answered; evidence 1 < 40',
      0,
    ]);
  });

  test('a bake of no time passes as soon as the wave has settled', () => {
    const waves = [{ name: 'all', size: 5, bakeSeconds: 0, approval: false }];
    expect(judged(canary({ waves }), seen({ succeeded: 5 }))).toEqual([
      'Promote',
      'failed (0) <= 5 % of 5 answered = 0, not proven; evidence 1 < 40',
      10 * minute,
    ]);
  });
});
