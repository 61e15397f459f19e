import { expect, test } from '@jest/globals';
import { afterLook } from '../../../src/domain/rollout-progress.js';
import { statusOf } from '../../../src/domain/rollout-status.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { evidenceOf } from './judging.js';
import { kept as rollout } from './kept-rollout.js';

const minute = 60_000;
const counts = { ...noExecutions, succeeded: 25, failed: 1, queued: 13 };
const observation = {
  at: 5 * minute,
  counts,
  failures: Array.from({ length: 30 }, (_, i) => ({
    thing: `t-${i}`,
    status: 'UNHEALTHY' as const,
    why: '',
  })),
  unasked: 0,
  isBaselineLatest: true,
  isDeploymentActive: true,
};
const failing = {
  ...rollout,
  evidence: evidenceOf({ failedRanks: [3], unhealthyRanks: [3, 9] }),
};
const at = '2026-01-05T08:05:00.000Z';

test('before the first look all that is admitted is pending, and there is no verdict', () => {
  expect(statusOf({ ...rollout, admissions: [{ at: 0, devices: 40 }] })).toMatchObject({
    phase: 'Running',
    admitted: 39,
    reached: 39,
    pending: 39,
    queued: 0,
    verdict: null,
    reason: null,
  });
});

test('the status is what the last look saw, with the evidence against its threshold', () => {
  expect(statusOf(afterLook(failing, observation, [], at))).toMatchObject({
    id: 'app-aaaaaaaa',
    name: 'app',
    target: 'thinggroup/t',
    phase: 'Running',
    wave: 1,
    admitted: 39,
    reached: 36,
    succeeded: 25,
    failed: 2,
    pending: 10,
    queued: 3,
    ineligible: 2,
    stragglers: 0,
    verdict: 'Continue',
    reason: 'admitted (40) < 50 devices of wave all; evidence 1 < 40',
    evidence: { signal: 'deployment', evidence: 1, threshold: 40, aborts: false },
    alternatives: [{ verdict: 'Abort' }, { verdict: 'Hold' }],
    apart: 0,
  });
});

test('a look keeps the first 20 failures, and drops old admissions', () => {
  const looked = afterLook(rollout, { ...observation, at: 30 * minute }, [], at);
  expect(looked).toMatchObject({ phase: 'Running', lookAt: 30 * minute, counts });
  expect(looked.failures).toHaveLength(20);
  expect(looked.admissions).toEqual([]);
});

test('a rollout that ended says why it ended', () => {
  const looked = afterLook(rollout, observation, [], at);
  expect(statusOf({ ...looked, phase: 'Failed', endReason: 'Lambda broke' }).reason).toBe(
    'Lambda broke',
  );
});

test('stragglers are counted', () => {
  expect(statusOf({ ...rollout, stragglers: ['t-3', 't-9'] }).stragglers).toBe(2);
});
