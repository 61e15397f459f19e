import { expect, test } from '@jest/globals';
import { InvalidPayloadError } from '../../../src/domain/errors.js';
import {
  beginRollback,
  hitDevices,
  revertOf,
  rollbackLookSeconds,
  stillDraining,
  withStanding,
  type StandingRevision,
} from '../../../src/domain/rollback.js';
import { kept } from './kept-rollout.js';

const asked = { phase: 'Aborted' as const, reason: 'failed (3) > 1', executionArn: 'arn:back' };
const document = { components: {} };
const baseline = { deploymentId: 'base', revisionId: '4', document };

const revision = (deploymentId: string, step?: string): StandingRevision => ({
  deploymentId,
  revisionId: '5',
  jobId: `job-${deploymentId}`,
  isInForce: true,
  step,
});

test('a rollback begins with how the rollout is to end, and a second one goes on with that', () => {
  const begun = beginRollback(kept, asked);
  expect(begun).toMatchObject({
    phase: 'RollingBack',
    endsAs: 'Aborted',
    endReason: 'failed (3) > 1',
    rollbackExecutionArn: 'arn:back',
  });
  const again = beginRollback(begun, {
    phase: 'Superseded',
    reason: 'cleaned up by ann',
    executionArn: 'arn:cleanup',
  });
  expect(again).toMatchObject({
    endsAs: 'Aborted',
    endReason: 'failed (3) > 1',
    rollbackExecutionArn: 'arn:cleanup',
  });
});

test('a failed rollout is taken up again, and both reasons stay', () => {
  const failed = {
    ...kept,
    phase: 'Failed' as const,
    endReason: 'execution ABORTED',
    endedAt: '2026-01-05T09:00:00Z',
  };
  const begun = beginRollback(failed, { ...asked, reason: 'cleaned up by ann' });
  expect(begun).toMatchObject({
    phase: 'RollingBack',
    endReason: 'execution ABORTED; cleaned up by ann',
  });
  expect(begun.endedAt).toBeUndefined();
});

test('a rollout that was taken back stays as it is, and a promoted one is never taken back', () => {
  const aborted = { ...kept, phase: 'Aborted' as const };
  expect(beginRollback(aborted, asked)).toBe(aborted);
  expect(() => beginRollback({ ...kept, phase: 'Promoted' }, asked)).toThrow(InvalidPayloadError);
});

test('looks of a rollback are rarer where the device deadline is long', () => {
  const { strategy } = kept.file;
  const health = { ...strategy.health, deviceDeadlineSeconds: 24 * 3600 };
  expect(rollbackLookSeconds(kept)).toBe(30);
  expect(rollbackLookSeconds({ file: { ...kept.file, strategy: { ...strategy, health } } })).toBe(
    432,
  );
});

test('what a step had made before it died is found again', () => {
  const found = withStanding(kept, {
    rolloutGroupArn: 'arn:group',
    target: revision('own-base', 'DeployBaseline'),
    group: revision('d-1', 'DeployRelease'),
  });
  expect(found).toMatchObject({
    rolloutGroupArn: 'arn:group',
    deploymentId: 'd-1',
    jobId: 'job-d-1',
    baseline: { deploymentId: 'own-base', revisionId: '5' },
  });
  const promoted = withStanding(kept, {
    rolloutGroupArn: undefined,
    target: revision('t-1', 'PromoteTarget'),
    group: undefined,
  });
  expect(promoted).toMatchObject({ targetDeploymentId: 't-1', targetJobId: 'job-t-1' });
});

test('the drain waits for devices in progress that have not reported since the cancel, until the deadline', () => {
  const canceled = { ...kept, canceledAt: 1_000_000 };
  const seen = {
    at: 1_030_000,
    inProgress: new Set(['reported', 'silent', 'unknown']),
    reportedAt: new Map([
      ['reported', 1_010_000],
      ['silent', 900_000],
    ]),
  };
  const names = ['ended', 'reported', 'silent', 'unknown'];
  expect(stillDraining(canceled, names, seen)).toEqual(['silent', 'unknown']);
  expect(stillDraining(canceled, names, { ...seen, at: 1_000_000 + 1_800_000 })).toEqual([]);
});

test('hit is who began the release and is still a member, but for who can take no subdeployment', () => {
  const executions = [
    { thing: 'c', status: 'SUCCEEDED', isStarted: true },
    { thing: 'b', status: 'FAILED', isStarted: true },
    { thing: 't-7', status: 'FAILED', isStarted: true },
    { thing: 'gone', status: 'SUCCEEDED', isStarted: true },
    { thing: 'queued', status: 'CANCELED', isStarted: false },
  ];
  const members = ['queued', 'b', 'c', 'd', 't-7'];
  const seen = { executions, drained: ['d'], members };
  expect(hitDevices(kept, seen)).toEqual(['b', 'c', 'd']);
  expect(hitDevices({ ...kept, targetDeploymentId: 't' }, seen)).toEqual(['b', 'c', 'd', 't-7']);
});

const deployed = { ...kept, baseline, deploymentId: 'd-1' };
const onGroup = { rolloutGroupArn: 'arn:group', target: revision('base') };

test('the revert goes to the rollout group while the target is at the baseline', () => {
  const group = revision('d-1', 'DeployRelease');
  expect(revertOf(deployed, 3, { ...onGroup, group })).toEqual({ goes: 'group', replaces: 'd-1' });
  const own = revision('r-1', 'RevertRelease');
  expect(revertOf(deployed, 3, { ...onGroup, group: own })).toEqual({
    goes: 'group',
    replaces: 'd-1',
  });
});

test('the revert goes to the target once that has the release', () => {
  const promoted = { ...deployed, targetDeploymentId: 't-1' };
  const standing = { ...onGroup, target: revision('t-1', 'PromoteTarget'), group: undefined };
  expect(revertOf(promoted, 0, standing)).toEqual({ goes: 'target', replaces: 't-1' });
});

test.each([
  { of: 'the target', target: revision('other'), group: revision('d-1', 'DeployRelease') },
  { of: 'the rollout group', target: revision('base'), group: revision('other') },
])('a foreign revision of $of is not overwritten', ({ of, target, group }) => {
  expect(revertOf(deployed, 3, { rolloutGroupArn: 'arn:group', target, group })).toEqual({
    goes: 'nowhere',
    why: `${of} has other as its newest revision, which is somebody else's`,
  });
});

test('a foreign revision over the promoted one is not overwritten', () => {
  const promoted = { ...deployed, targetDeploymentId: 't-1' };
  const standing = { ...onGroup, target: revision('other'), group: undefined };
  expect(revertOf(promoted, 3, standing)).toMatchObject({ goes: 'nowhere' });
});

test('nothing is reverted where nobody got it, or where the rollout file says stop', () => {
  const standing = { ...onGroup, group: revision('d-1', 'DeployRelease') };
  expect(revertOf(deployed, 0, standing)).toEqual({
    goes: 'nowhere',
    why: 'no device got the release',
  });
  const strategy = { ...kept.file.strategy, onAbort: 'stop' as const };
  expect(revertOf({ ...deployed, file: { ...kept.file, strategy } }, 3, standing)).toEqual({
    goes: 'nowhere',
    why: 'the rollout file says onAbort: stop',
  });
});
