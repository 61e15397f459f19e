import { expect, test } from '@jest/globals';
import { judgeWave } from '../../../src/domain/judge.js';
import { canary, minute, progress, seen } from './judging.js';

const over = { bakeEndsAt: 5 * minute };
const oneOfFive = seen({ succeeded: 4, failed: 1 });

test('a canary that is over its limit without evidence extends by a quarter, rounded up, and bakes anew', () => {
  expect(judgeWave(canary({ ...over, failedRanks: [4] }), oneOfFive)).toMatchObject({
    judgement: {
      verdict: 'Continue',
      reason:
        'failed (1) > 5 % of 5 answered = 0, undecided: wave canary extends by 2 to 7 devices; evidence 1 < 40',
    },
    extendedBy: 2,
  });
  expect(judgeWave(canary({ ...over, failedRanks: [4] }), oneOfFive)).not.toHaveProperty(
    'bakeEndsAt',
  );
});

test('the devices of an extension are admitted, reached and answer before it bakes', () => {
  const state = canary({ failedRanks: [4], extendedBy: 2 });
  expect(judgeWave(state, oneOfFive).judgement).toMatchObject({
    verdict: 'Continue',
    reason: 'admitted (5) < 7 devices of wave canary; evidence 1 < 40',
  });
  const admitted = { ...state, admitted: 7 };
  const answered = seen({ succeeded: 6, failed: 1 }, 31 * minute);
  expect(judgeWave(admitted, answered).bakeEndsAt).toBe(61 * minute);
});

test('a second extension adds to the first', () => {
  const state = canary({ ...over, failedRanks: [4], extendedBy: 2, admitted: 7 });
  const look = seen({ succeeded: 6, failed: 1 }, 31 * minute);
  expect(judgeWave(state, look).extendedBy).toBe(4);
});

test('an extended wave passes once its failures are back within the limit', () => {
  const state = canary({ ...over, failedRanks: [4], extendedBy: 15, admitted: 20 });
  const look = seen({ succeeded: 19, failed: 1 }, 31 * minute);
  expect(judgeWave(state, look).judgement).toMatchObject({
    verdict: 'Promote',
    reason: 'failed (1) <= 5 % of 20 answered = 1, not proven; evidence 1 < 40',
  });
});

test('it extends up to the size of the next wave, and then holds', () => {
  const next = { failedRanks: [4, 20, 44], ...over };
  const nearly = canary({ ...next, extendedBy: 44, admitted: 49 });
  const look = (answered: number) => seen({ succeeded: answered - 3, failed: 3 }, 31 * minute);
  expect(judgeWave(nearly, look(49)).extendedBy).toBe(45);
  const held = judgeWave(canary({ ...next, extendedBy: 45, admitted: 50 }), look(50));
  expect(held).toMatchObject({
    judgement: {
      verdict: 'Hold',
      reason: 'failed (3) > 5 % of 50 answered = 2, undecided; evidence 1 < 40',
    },
    bakeEndsAt: 5 * minute,
    isMeasured: true,
  });
});

test('the last wave holds at once', () => {
  const failedRanks = Array.from({ length: 11 }, (_, i) => 19 + 18 * i);
  const state = progress({
    wave: 2,
    waveStarts: [5, 50],
    failedRanks,
    admitted: 200,
    answeredBefore: 50,
    ...over,
  });
  const look = seen({ succeeded: 189, failed: 11 }, 31 * minute);
  expect(judgeWave(state, look).judgement).toMatchObject({
    verdict: 'Hold',
    reason: expect.stringMatching(/^failed \(11\) > 5 % of 200 answered = 10, undecided; /),
  });
});

test('no wave extends over an approval', () => {
  const waves = canary().waves.map((wave) => ({ ...wave, approval: true }));
  const state = canary({ ...over, waves, failedRanks: [4] });
  expect(judgeWave(state, oneOfFive)).toMatchObject({
    judgement: { verdict: 'Hold' },
    isMeasured: true,
  });
});
