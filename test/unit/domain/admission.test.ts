import { expect, test } from '@jest/globals';
import { admitted, beginWave, isNewWave, reserve } from '../../../src/domain/admission.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { kept } from './kept-rollout.js';

const minute = 60_000;
const answered = { ...kept, counts: { ...noExecutions, succeeded: 37, failed: 2 } };

test('a wave begins once, when its number is first asked for', () => {
  expect(isNewWave({ ...kept, phase: 'Planned', wave: 0 }, 0)).toBe(true);
  expect(isNewWave(kept, 1)).toBe(false);
  expect(isNewWave(kept, 2)).toBe(true);
});

test('a new wave forgets the bake of the last, and remembers what had answered', () => {
  const before = { ...answered, wave: 0, extendedBy: 2, bakeEndsAt: 5, waveAdmittedAt: 4 };
  const wave = beginWave(
    before,
    1,
    [
      { rank: 3, thing: 't-3' },
      { rank: 44, thing: 't-44' },
    ],
    '2026-01-05T09:00:00.000Z',
  );
  expect(wave).toMatchObject({
    wave: 1,
    phase: 'Running',
    phaseSince: '2026-01-05T09:00:00.000Z',
    answeredBefore: 39,
    extendedBy: 0,
    evidence: { waveStarts: [40] },
  });
  expect(wave.left).toEqual([{ rank: 44, thing: 't-44', reason: 'it has left the target' }]);
  expect(wave).not.toHaveProperty('bakeEndsAt');
  expect(wave).not.toHaveProperty('waveAdmittedAt');
});

test('ranks are reserved before devices are admitted, and only once', () => {
  const reserved = reserve(answered, minute);
  expect(reserved).toMatchObject({
    admitting: { from: 40, to: 50 },
    admitted: 50,
    waveAdmittedAt: minute,
    admissions: [
      { at: 0, devices: 10 },
      { at: minute, devices: 10 },
    ],
  });
  expect(reserve(reserved, 2 * minute)).toBe(reserved);
});

test('no more is reserved than maxInFlight leaves', () => {
  const counts = { ...noExecutions, succeeded: 29, inProgress: 5, queued: 5 };
  const strategy = { ...kept.file.strategy, maxInFlight: 12 };
  const full = { ...kept, counts, file: { ...kept.file, strategy } };
  expect(reserve(full, minute)).toMatchObject({ admitting: { from: 40, to: 42 }, admitted: 42 });
});

test('members that left and devices that the registry refused are skipped', () => {
  const left = [{ rank: 44, thing: 't-44', reason: 'it has left the target' }];
  const refused = [{ rank: 41, thing: 't-41', reason: 'it is in 10 groups' }];
  const done = admitted(reserve({ ...answered, left }, minute), refused);
  expect(done.skipped.map(({ rank }) => rank)).toEqual([7, 44, 41]);
  expect(done.left).toEqual([]);
  expect(done).not.toHaveProperty('admitting');
});
