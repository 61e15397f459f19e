import { expect, test } from '@jest/globals';
import { rolloutEvent } from '../../../src/domain/rollout-event.js';
import { RolloutStatus } from '../../../src/domain/rollout-status.js';
import { kept } from './kept-rollout.js';

const rollout = { ...kept, phase: 'Running' as const, version: 4 };

test('each new phase is told once, with where the rollout stands', () => {
  const event = rolloutEvent(rollout);
  expect(event).toMatchObject({
    detailType: 'Greenwave Rollout Phase Changed',
    detail: {
      schemaVersion: 1,
      id: `${rollout.rolloutId}/4/Running`,
      previousPhase: 'Planned',
      rollout: { id: rollout.rolloutId, phase: 'Running' },
    },
  });
  expect(RolloutStatus.safeParse(event?.detail['rollout']).success).toBe(true);
  expect(rolloutEvent({ ...rollout, announced: 'Running' })).toBeUndefined();
  expect(rolloutEvent({ ...rollout, phase: 'Planned' })).toBeUndefined();
});

test('a phase that could not be told is told by the next write, after the one that was', () => {
  const later = rolloutEvent({ ...rollout, announced: 'Running', phase: 'Held', version: 9 });
  expect(later?.detail).toMatchObject({
    id: `${rollout.rolloutId}/9/Held`,
    previousPhase: 'Running',
  });
});
