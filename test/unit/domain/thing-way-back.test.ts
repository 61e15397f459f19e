import { expect, test } from '@jest/globals';
import { admissionNews } from '../../../src/domain/admission.js';
import { placeOf } from '../../../src/domain/device-place.js';
import { revertOf, withStanding, type StandingRevision } from '../../../src/domain/rollback.js';
import { leftoversOf } from '../../../src/domain/rollback-return.js';
import { isThingHeld, promotionNews } from '../../../src/domain/rollout-end.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { kept } from './kept-rollout.js';
import { onThing } from './thing-rollout.js';

const revision = (deploymentId: string, step?: string): StandingRevision => ({
  deploymentId,
  revisionId: '5',
  jobId: undefined,
  isInForce: false,
  step,
});
const standing = (target: StandingRevision | undefined) => ({
  rolloutGroupArn: undefined,
  group: undefined,
  target,
});

test('a release that its step made but did not keep is found on the thing', () => {
  const yet = onThing({ targetDeploymentId: undefined });
  expect(withStanding(yet, standing(revision('made', 'AdmitWave'))).targetDeploymentId).toBe(
    'made',
  );
  expect(withStanding(yet, standing(revision('base'))).targetDeploymentId).toBeUndefined();
});

test('the thing gets its baseline as a new revision, even if the device never had the release', () => {
  expect(revertOf(onThing(), 0, standing(revision('release', 'AdmitWave')))).toEqual({
    goes: 'target',
    replaces: 'release',
  });
  expect(revertOf(onThing(), 1, standing(revision('foreign'))).goes).toBe('nowhere');
  const never = onThing({ targetDeploymentId: undefined });
  expect(revertOf(never, 0, standing(revision('base'))).goes).toBe('nowhere');
});

test('a thing that had no deployment loses the revert as well, once it is back', () => {
  const reverted = onThing({ baseline: undefined, revertDeploymentId: 'revert' });
  const none = { hadNone: true, stragglers: 0 };
  expect(leftoversOf(reverted, none).deployments).toEqual(['revert', 'release']);
  expect(leftoversOf(reverted, { ...none, stragglers: 1 }).deployments).toEqual([]);
});

test('a rollout holds its thing while it is open, and once failed as long as its release is there', () => {
  expect(isThingHeld(onThing())).toBe(true);
  const failed = onThing({ phase: 'Failed' });
  expect(isThingHeld(failed)).toBe(true);
  expect(isThingHeld({ ...failed, admitted: 0 })).toBe(false);
  expect(isThingHeld({ ...failed, sweptAt: '2026-01-05T09:00:00Z' })).toBe(false);
  expect(isThingHeld(onThing({ phase: 'Aborted' }))).toBe(false);
  expect(isThingHeld(kept)).toBe(false);
});

test('the history speaks of the thing and its revisions', () => {
  expect(admissionNews(onThing({ admitted: 0 }), onThing())).toEqual({
    what: 'thing/t-1 gets the release: release is its new revision',
    why: 'it replaces base',
  });
  expect(admissionNews(onThing(), onThing({ baseline: undefined })).why).toBe(
    'it replaces nothing',
  );
  const counts = { ...noExecutions, succeeded: 1 };
  expect(promotionNews(onThing({ counts })).what).toBe(
    'promoted: thing/t-1 runs the release, and is free',
  );
  expect(promotionNews(onThing()).what).toBe('promoted: thing/t-1 gets the release, and is free');
  const apart = { ...noExecutions, apart: 1 };
  expect(promotionNews(onThing({ counts: apart })).what).toBe(
    'promoted: thing/t-1 keeps what it had, not the release, and is free',
  );
});

test('explain says of the device that it is the target, and what it counts as', () => {
  const place = (change: Parameters<typeof onThing>[0] = {}) =>
    placeOf(onThing(change), 't-1', 0, undefined);
  expect(place()).toBe('the target itself: it was given the release');
  const failures = [{ thing: 't-1', status: 'FAILED' as const, why: 'no space' }];
  expect(place({ failures })).toBe(
    'the target itself: it was given the release; counts as FAILED: no space',
  );
  expect(place({ admitted: 0, phase: 'Planned' })).toBe(
    'the target itself: never got the release, the rollout is Planned',
  );
  expect(place({ stragglers: ['t-1'] })).toMatch(/^straggler: /);
});
