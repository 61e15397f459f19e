import { expect, test } from '@jest/globals';
import type { EffectiveDeployment } from '../../../src/domain/thing-execution.js';
import { countsOf, thingExecution } from '../../../src/domain/thing-execution.js';
import { releaseOn, thingObservation } from '../../../src/domain/thing-observation.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { withFailures } from '../../../src/domain/unhealthy-devices.js';
import { onThing } from './thing-rollout.js';

const MINUTE = 60_000;
const said = (status: string): EffectiveDeployment => ({
  status,
  reason: 'why',
  errorStack: [],
  errorTypes: [],
  modifiedAt: 10 * MINUTE,
});
const newest = (deploymentId: string, step?: string) => ({
  deploymentId,
  revisionId: '5',
  jobId: undefined,
  isInForce: true,
  step,
});
const runAt = (minute: number, effective?: EffectiveDeployment) =>
  thingExecution('t-1', effective, { deadlineSeconds: 1800, at: minute * MINUTE });

test.each([
  ['COMPLETED', 'SUCCEEDED', true, 'succeeded'],
  ['FAILED', 'FAILED', true, 'failed'],
  ['REJECTED', 'REJECTED', true, 'rejected'],
  ['CANCELED', 'CANCELED', false, 'canceled'],
  ['QUEUED', 'QUEUED', false, 'queued'],
  ['IN_PROGRESS', 'IN_PROGRESS', true, 'inProgress'],
  ['SOMETHING_NEW', 'SOMETHING_NEW', true, 'inProgress'],
] as const)('a thing that says %s is %s to a rollout', (status, is, isStarted, count) => {
  const execution = runAt(11, said(status));
  expect(execution).toEqual({ thing: 't-1', status: is, isStarted });
  expect(countsOf(execution)).toEqual({ ...noExecutions, [count]: 1 });
});

test('IN_PROGRESS for the device deadline is TIMED_OUT; a device that says nothing is QUEUED', () => {
  expect(runAt(39, said('IN_PROGRESS')).status).toBe('IN_PROGRESS');
  expect(runAt(40, said('IN_PROGRESS'))).toMatchObject({ status: 'TIMED_OUT', isStarted: true });
  expect(countsOf(runAt(40, said('IN_PROGRESS')))).toMatchObject({ timedOut: 1 });
  expect(runAt(99)).toEqual({ thing: 't-1', status: 'QUEUED', isStarted: false });
});

test('a look at a thing names its failure and why, at rank 0', () => {
  const seen = { at: 11 * MINUTE, newest: newest('release'), broken: undefined };
  const failed = thingObservation(onThing(), { ...seen, effective: said('FAILED') });
  expect(failed.observation).toEqual({
    at: 11 * MINUTE,
    counts: { ...noExecutions, failed: 1 },
    failures: [{ thing: 't-1', status: 'FAILED', why: 'why' }],
    unasked: 0,
    isBaselineLatest: true,
    isDeploymentActive: true,
  });
  expect(failed.sorted.failedRanks).toEqual([0]);
  const late = { ...seen, at: 40 * MINUTE, effective: said('IN_PROGRESS') };
  expect(thingObservation(onThing(), late).observation.failures).toEqual([
    { thing: 't-1', status: 'TIMED_OUT', why: 'IN_PROGRESS for 30 minutes' },
  ]);
  const broken = {
    ...seen,
    effective: said('COMPLETED'),
    broken: [{ name: 'App', says: 'App is BROKEN', isRoot: true }],
  };
  const unhealthy = thingObservation(onThing(), broken);
  expect(unhealthy.observation.failures).toEqual([
    { thing: 't-1', status: 'UNHEALTHY', why: 'App is BROKEN' },
  ]);
  expect(unhealthy).toMatchObject({
    sorted: { failedRanks: [] },
    unhealthy: [{ thing: 't-1', rank: 0 }],
  });
});

test('a look at a thing keeps apart what says nothing of the release', () => {
  const seen = { at: 11 * MINUTE, newest: newest('release'), broken: undefined };
  const offline = { ...said('FAILED'), errorTypes: ['NETWORK_ERROR'] };
  const first = thingObservation(onThing(), { ...seen, effective: offline });
  expect(first.observation).toMatchObject({
    counts: { ...noExecutions, apart: 1 },
    failures: [{ thing: 't-1', status: 'FAILED', why: 'why', apart: 'infrastructure' }],
  });
  expect(first.sorted).toMatchObject({
    failedRanks: [],
    apart: [{ rank: 0, cause: 'infrastructure' }],
  });
  // Whatever was said first stays so.
  const later = onThing({ evidence: { ...noEvidence, apart: first.sorted.apart } });
  expect(thingObservation(later, { ...seen, effective: said('FAILED') }).sorted).toEqual(
    first.sorted,
  );
  const failedBefore = {
    ...noEvidence,
    failedRanks: { ...noEvidence.failedRanks, deployment: [0] },
  };
  const again = thingObservation(onThing({ evidence: failedBefore }), {
    ...seen,
    effective: offline,
  });
  expect(again.sorted).toMatchObject({ failedRanks: [0], apart: [] });
  const broken = [{ name: 'Logger', says: 'Logger is BROKEN', isRoot: true }];
  const beside = thingObservation(onThing(), { ...seen, effective: said('COMPLETED'), broken });
  expect(beside.observation.failures).toEqual([
    { thing: 't-1', status: 'UNHEALTHY', why: 'Logger is BROKEN', apart: 'foreign' },
  ]);
});

test('what the release breaks counts, also on a thing where something else was broken before', () => {
  const evidence = { ...noEvidence, apart: [{ rank: 0, cause: 'foreign' as const }] };
  const held = onThing({ evidence });
  const look = (name: string) => {
    const broken = [{ name, says: `${name} is BROKEN`, isRoot: true }];
    const seen = { at: 11 * MINUTE, newest: newest('release'), effective: said('COMPLETED') };
    return withFailures(held, thingObservation(held, { ...seen, broken })).evidence;
  };
  expect(look('Logger')).toEqual(evidence);
  const [component = ''] = Object.keys(held.file.release.components);
  expect(look(component).failedRanks).toEqual({ deployment: [], health: [0], component: [0] });
});

test('the newest revision has to be the release, and before it is deployed the baseline, or none', () => {
  const rest = { at: MINUTE, effective: undefined, broken: undefined };
  const isOurs = (deploymentId: string | undefined, change: Parameters<typeof onThing>[0] = {}) =>
    thingObservation(onThing(change), {
      ...rest,
      newest: deploymentId === undefined ? undefined : newest(deploymentId),
    }).observation.isBaselineLatest;
  expect(isOurs('release')).toBe(true);
  expect(isOurs('base')).toBe(false);
  const yet = { targetDeploymentId: undefined };
  expect(isOurs('base', yet)).toBe(true);
  expect(isOurs('foreign', yet)).toBe(false);
  expect(isOurs(undefined, { ...yet, baseline: undefined })).toBe(true);
  expect(isOurs(undefined)).toBe(false);
  const canceled = { ...rest, newest: { ...newest('release'), isInForce: false } };
  expect(thingObservation(onThing(), canceled).observation.isDeploymentActive).toBe(false);
});

test('a release whose step died before it was kept is known by its step', () => {
  const yet = onThing({ targetDeploymentId: undefined });
  expect(releaseOn(yet, newest('made', 'AdmitWave'))).toBe('made');
  expect(releaseOn(yet, newest('base'))).toBeUndefined();
  const seen = { at: MINUTE, effective: said('QUEUED'), broken: undefined };
  expect(
    thingObservation(yet, { ...seen, newest: newest('made', 'AdmitWave') }).observation,
  ).toMatchObject({ isBaselineLatest: true, counts: { queued: 1 } });
});
