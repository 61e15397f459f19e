import { expect, test } from '@jest/globals';
import {
  failuresToAsk,
  shownFailures,
  sortFailures,
  type FailingDevice,
} from '../../../src/domain/failing-devices.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { evidenceOf } from './judging.js';

const failing = (from: number, to: number): FailingDevice[] =>
  Array.from({ length: to - from }, (_, i) => ({
    thing: `thing-${from + i}`,
    status: 'FAILED',
    rank: from + i,
  }));
const known = {
  evidence: noEvidence,
  skipped: [],
  failures: [],
  file: { release: { components: { App: { version: '1.1.0' } } } },
  releaseDocument: {
    components: { App: { componentVersion: '1.1.0' }, Logger: { componentVersion: '2.0.0' } },
  },
};
const broke = {
  reason: 'COMPONENT_BROKEN: it broke',
  errorStack: ['COMPONENT_BROKEN'],
  errorTypes: ['USER_COMPONENT_ERROR'],
};
const lacks = {
  reason: 'NUCLEUS_MISSING_REQUIRED_CAPABILITIES: too old',
  errorStack: ['DEPLOYMENT_FAILURE', 'NUCLEUS_MISSING_REQUIRED_CAPABILITIES'],
  errorTypes: ['REQUEST_ERROR'],
};

test('a nucleus that lacks the capability is ineligible, and no failure', () => {
  const counts = { ...noExecutions, succeeded: 3, failed: 2 };
  const reasons = new Map([
    ['thing-0', broke],
    ['thing-1', lacks],
  ]);
  expect(sortFailures(known, counts, failing(0, 2), reasons)).toEqual({
    counts: { ...noExecutions, succeeded: 3, failed: 1 },
    failures: [{ thing: 'thing-0', status: 'FAILED', why: 'COMPONENT_BROKEN: it broke' }],
    failedRanks: [0],
    apart: [],
    ineligible: [
      { thing: 'thing-1', rank: 1, reason: 'NUCLEUS_MISSING_REQUIRED_CAPABILITIES: too old' },
    ],
  });
});

test('an ineligible device that an earlier look found is not counted again', () => {
  const counts = { ...noExecutions, failed: 1 };
  const skipped = [{ rank: 1, thing: 'thing-1', reason: 'too old' }];
  const sorted = sortFailures({ ...known, skipped }, counts, failing(1, 2), new Map());
  expect(sorted).toEqual({
    counts: noExecutions,
    failures: [],
    failedRanks: [],
    apart: [],
    ineligible: [],
  });
});

test('25 devices are asked at a look, and the others are in flight until they are', () => {
  const devices = failing(0, 40);
  const asked = failuresToAsk(known, devices);
  expect(asked.map(({ rank }) => rank)).toEqual(Array.from({ length: 25 }, (_, i) => i));
  const reasons = new Map(asked.map(({ thing }) => [thing, broke]));
  const first = sortFailures(known, { ...noExecutions, failed: 40 }, devices, reasons);
  expect(first.counts).toEqual({ ...noExecutions, failed: 25, inProgress: 15 });

  const next = { ...known, evidence: evidenceOf({ failedRanks: first.failedRanks }) };
  expect(failuresToAsk(next, devices).map(({ rank }) => rank)).toEqual(
    Array.from({ length: 15 }, (_, i) => 25 + i),
  );
});

test('who is silent needs no question, who has rejected it does', () => {
  const devices: FailingDevice[] = [
    { thing: 'thing-3', status: 'REJECTED', rank: 3 },
    { thing: 'thing-4', status: 'TIMED_OUT', rank: 4 },
  ];
  const counts = { ...noExecutions, rejected: 1, timedOut: 1 };
  expect(failuresToAsk(known, devices)).toEqual(devices.slice(0, 1));
  const refused = { reason: 'REJECTED', errorStack: ['DEPLOYMENT_REJECTED'], errorTypes: [] };
  expect(sortFailures(known, counts, devices, new Map([['thing-3', refused]]))).toMatchObject({
    counts,
    failedRanks: [3, 4],
  });
});

test('a device that was asked and does not say why has failed all the same', () => {
  const counts = { ...noExecutions, failed: 1 };
  expect(sortFailures(known, counts, failing(4, 5), new Map())).toMatchObject({
    counts,
    failures: [{ thing: 'thing-4', status: 'FAILED', why: '' }],
    failedRanks: [4],
  });
});

test('each failing device is shown once, the newest word on it first', () => {
  const said = (thing: string, why: string) => ({ thing, status: 'FAILED' as const, why });
  expect(shownFailures([said('a', 'new')], [said('a', 'old'), said('b', 'old')])).toEqual([
    said('a', 'new'),
    said('b', 'old'),
  ]);
});
