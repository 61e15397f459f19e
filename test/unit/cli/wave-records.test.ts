import { expect, test } from '@jest/globals';
import { waveRecorder } from '../../../cli/demo/wave-records.js';
import type { Rollout } from '../../../src/domain/rollout.js';
import { rollout } from './rollout-fixture.js';

const at = (time: string) => Date.parse(`2026-01-05T${time}Z`);
const numbers = {
  devices: 5,
  reached: 5,
  answered: 5,
  succeeded: 4,
  failed: 1,
  pending: 0,
  queued: 0,
  apart: 0,
};
const promote = (devices: number): Rollout['judgement'] => ({
  verdict: 'Promote',
  reason: 'failed (1) <= 1',
  proven: false,
  alternatives: [],
  wouldChange: [],
  numbers: { ...numbers, devices },
});

test('each wave is recorded once, with what the look that let it pass saw and the time since the one before', () => {
  const { records, see } = waveRecorder();
  const baking: Rollout = { ...rollout, wave: 0, phase: 'Baking', lookAt: at('08:10:00') };
  see(baking);
  expect(records).toEqual([]);

  const canary: Rollout = { ...baking, judgement: promote(5), lookAt: at('08:40:00') };
  see(canary);
  see({ ...canary, wave: 1, phase: 'Running' });
  const early = { devices: 20, admitted: 19, succeeded: 4, failed: 1, queued: 0 };
  see({ ...rollout, phase: 'Baking', judgement: promote(19), lookAt: at('10:45:00') });
  expect(records).toEqual([
    { wave: 'canary', devices: 5, admitted: 5, succeeded: 4, failed: 1, queued: 0, seconds: 2400 },
    { wave: 'early', ...early, seconds: 7500 },
  ]);
});

test('the target comes after the last wave', () => {
  const { records, see } = waveRecorder();
  const last: Rollout = { ...rollout, waves: rollout.waves.slice(0, 1), wave: 0 };
  const passed = { ...last, judgement: promote(5), lookAt: at('09:00:00') };
  see({ ...passed, phase: 'Promoting', targetPromotedAt: at('09:00:00') });
  see({ ...passed, phase: 'Promoting', targetPromotedAt: at('09:00:00') });
  see({
    ...passed,
    phase: 'Promoted',
    targetPromotedAt: at('09:00:00'),
    judgement: promote(203),
    lookAt: at('09:30:00'),
  });
  expect(records.map(({ wave, devices, seconds }) => ({ wave, devices, seconds }))).toEqual([
    { wave: 'canary', devices: 5, seconds: 3600 },
    { wave: 'the target', devices: 203, seconds: 1800 },
  ]);
});
