import { describe, expect, test } from '@jest/globals';
import { judgeWave } from '../../../src/domain/judge.js';
import { canary, judged, minute, progress, seen } from './judging.js';

describe('abort', () => {
  // By hand, at a limit of 5 %: of two failures among two devices E = (1 - 0.05^2.5) / 2.5 / (2 (1 - √0.05)) / 0.05² = 102.98,
  // which has half of the weight; the other half, of restarts that are yet to come, counts 1.
  test('two failures among the first two devices abort', () => {
    const state = canary({ failedRanks: [0, 1] });
    expect(judged(state, seen({ failed: 2, inProgress: 3 }))).toEqual([
      'Abort',
      'failed 2 of the first 2 started; evidence 51.9 >= 40',
      undefined,
    ]);
  });

  test('a single failure never aborts, wherever it is', () => {
    const state = canary({ failedRanks: [0] });
    expect(judged(state, seen({ failed: 1, inProgress: 4 }))).toEqual([
      'Continue',
      'pending (4) > 5 % of the 5 devices of wave canary = 0; evidence 1 < 40',
      undefined,
    ]);
  });

  test('two failures among the first three devices do not', () => {
    const state = canary({ failedRanks: [1, 2] });
    expect(judged(state, seen({ failed: 2, inProgress: 3 }))[1]).toBe(
      'pending (3) > 5 % of the 5 devices of wave canary = 0; evidence 15.9 < 40',
    );
  });

  test('a device that failed and is UNHEALTHY counts once, and each signal aborts by itself', () => {
    const once = canary({ failedRanks: [0], unhealthyRanks: [0] });
    expect(judged(once, seen({ failed: 1, succeeded: 4 }))[0]).toBe('Continue');
    const twice = canary({ failedRanks: [0], unhealthyRanks: [0, 1] });
    expect(judgeWave(twice, seen({ failed: 1, succeeded: 4 })).judgement).toMatchObject({
      verdict: 'Continue',
      numbers: { failed: 2 },
      evidence: { signal: 'health', at: { failed: 2, exposed: 2 }, threshold: 80, aborts: false },
    });
    const thrice = canary({ unhealthyRanks: [0, 1, 2] });
    expect(judged(thrice, seen({ succeeded: 5 }))[1]).toBe(
      'UNHEALTHY 3 of the first 3 started; evidence of health 736.4 >= 80',
    );
  });

  test('it may come in the bake, and while devices are still to be admitted', () => {
    const state = { failedRanks: [0, 1] };
    expect(judged(progress({ ...state, bakeEndsAt: 99 * minute }), seen({ failed: 2 }))).toEqual([
      'Abort',
      'failed 2 of the first 2 started; evidence 51.9 >= 40',
      99 * minute,
    ]);
    expect(judged(progress({ ...state, admitted: 20 }), seen({ failed: 2 }))[0]).toBe('Abort');
  });

  test('failures of earlier waves stay in the evidence', () => {
    const state = { wave: 2, waveStarts: [5, 50], admitted: 200, answeredBefore: 50 };
    const early = progress({ ...state, failedRanks: [0, 1] });
    expect(judged(early, seen({ succeeded: 198, failed: 2 }))[0]).toBe('Abort');
    const late = progress({ ...state, failedRanks: [0, 199] });
    expect(judged(late, seen({ succeeded: 198, failed: 2 }))[0]).toBe('Continue');
  });

  test('a smaller risk of a false abort asks for more evidence', () => {
    const { file } = canary();
    const health = { ...file.strategy.health, falseAbortRisk: 0.01 };
    const careful = { strategy: { ...file.strategy, health } };
    const state = canary({ file: careful, failedRanks: [0, 1] });
    expect(judged(state, seen({ failed: 2, inProgress: 3 }))[1]).toContain('evidence 51.9 < 200');
  });
});

describe('settling', () => {
  test('a wave that is not wholly admitted goes on', () => {
    expect(judged(progress({ admitted: 30 }), seen({ succeeded: 30 }))).toEqual([
      'Continue',
      'admitted (30) < 50 devices of wave early; evidence 1 < 40',
      undefined,
    ]);
  });

  test('up to 5 % of the devices of this wave may be unanswered', () => {
    expect(judged(progress(), seen({ succeeded: 47, inProgress: 3 }))).toEqual([
      'Continue',
      'pending (3) > 5 % of the 45 devices of wave early = 2; evidence 1 < 40',
      undefined,
    ]);
    expect(judged(progress(), seen({ succeeded: 48, inProgress: 2 }))).toEqual([
      'Continue',
      'wave early bakes for another 2h; failed (0), limit 5 % of 48 answered = 2; evidence 1 < 40',
      130 * minute,
    ]);
  });

  test('before the deadline an offline device is unanswered, afterwards it is not reached', () => {
    const counts = { succeeded: 40, queued: 10 };
    expect(judged(progress(), seen(counts, 29 * minute))[1]).toBe(
      'pending (10) > 5 % of the 45 devices of wave early = 2; evidence 1 < 40',
    );
    expect(judged(progress(), seen(counts, 30 * minute))[2]).toBe(150 * minute);
  });

  test('a wave of which too few are reached holds once nothing is in flight, and is not measured', () => {
    const look = seen({ succeeded: 39, queued: 11 }, 30 * minute);
    expect(judged(progress(), look)).toEqual([
      'Hold',
      'reached (39) < 80 % of 50 devices = 40; evidence 1 < 40',
      undefined,
    ]);
    expect(judgeWave(progress(), look)).not.toHaveProperty('isMeasured');
    const moving = seen({ succeeded: 38, queued: 11, inProgress: 1 }, 30 * minute);
    expect(judged(progress(), moving)[0]).toBe('Continue');
  });

  test('answers of earlier waves are no answer of this one', () => {
    const waves = [
      { name: 'canary', size: 49, bakeSeconds: 0, approval: false },
      { name: 'one', size: 50, bakeSeconds: 0, approval: false },
    ];
    const state = progress({ waves, answeredBefore: 49, waveStarts: [49], admissions: [] });
    expect(judged(state, seen({ succeeded: 49, queued: 1 }))).toEqual([
      'Hold',
      'no device of wave one has answered; evidence 1 < 40',
      undefined,
    ]);
    expect(judged(state, seen({ succeeded: 50 }))[0]).toBe('Promote');
  });

  test('a wave whose every rank was skipped needs no answer of its own', () => {
    const waves = [
      { name: 'canary', size: 49, bakeSeconds: 0, approval: false },
      { name: 'one', size: 50, bakeSeconds: 0, approval: false },
    ];
    const skipped = [{ rank: 49, thing: 't', reason: '' }];
    const state = progress({
      waves,
      skipped,
      answeredBefore: 49,
      waveStarts: [49],
      admissions: [],
    });
    expect(judged(state, seen({ succeeded: 49 }))[0]).toBe('Promote');
  });

  test('a wave that its predecessor has wholly extended over needs no answer of its own', () => {
    const waves = [
      { name: 'canary', size: 40, bakeSeconds: 0, approval: false },
      { name: 'one', size: 50, bakeSeconds: 0, approval: false },
    ];
    const state = progress({ waves, answeredBefore: 50, waveStarts: [50], admissions: [] });
    expect(judged(state, seen({ succeeded: 50 }))[0]).toBe('Promote');
  });

  test('a canary whose every rank was skipped never passes', () => {
    const skipped = [0, 1, 2, 3, 4].map((rank) => ({ rank, thing: `t-${rank}`, reason: '' }));
    expect(judged(canary({ skipped, admissions: [] }), seen({}))).toEqual([
      'Hold',
      'no device of wave canary has answered; evidence 1 < 40',
      undefined,
    ]);
  });
});
