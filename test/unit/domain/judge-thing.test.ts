import { expect, test } from '@jest/globals';
import type { DeviceFailure } from '../../../src/domain/judge.js';
import { judgeThing } from '../../../src/domain/judge-thing.js';
import type { Rollout } from '../../../src/domain/rollout.js';
import { noExecutions, type ExecutionCounts } from '../../../src/domain/wave.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { evidenceOf, seen, type Failed } from './judging.js';
import { onThing } from './thing-rollout.js';

const MINUTE = 60_000;
const look = (
  { failedRanks = [], unhealthyRanks = [], ...change }: Partial<Rollout> & Failed,
  counts: Partial<ExecutionCounts>,
  at: number,
  failures: DeviceFailure[] = [],
) => {
  const { judgement, bakeEndsAt, isMeasured } = judgeThing(
    onThing({ ...change, evidence: evidenceOf({ failedRanks, unhealthyRanks }) }),
    {
      at,
      counts: { ...noExecutions, ...counts },
      failures,
      unasked: 0,
      isBaselineLatest: true,
      isDeploymentActive: true,
    },
  );
  return [judgement.verdict, judgement.reason, bakeEndsAt, isMeasured];
};
const failed = (status: DeviceFailure['status'], why: string) => [{ thing: 't-1', status, why }];

test('one failure of the one device aborts, and says why', () => {
  const failures = failed('FAILED', 'no space');
  expect(look({ failedRanks: [0] }, { failed: 1 }, MINUTE, failures)).toEqual([
    'Abort',
    'the one device is FAILED: no space',
    undefined,
    undefined,
  ]);
});

test('a device that breaks during the bake aborts', () => {
  const failures = failed('UNHEALTHY', 'App 1.1.0 is BROKEN');
  const baking = { unhealthyRanks: [0], bakeEndsAt: 5 * MINUTE };
  expect(look(baking, { succeeded: 1 }, 2 * MINUTE, failures)).toEqual([
    'Abort',
    'the one device is UNHEALTHY: App 1.1.0 is BROKEN',
    5 * MINUTE,
    undefined,
  ]);
});

test('what has failed stays failed, with the reason it had', () => {
  const failures = failed('TIMED_OUT', 'IN_PROGRESS for 30 minutes');
  expect(look({ failedRanks: [0], failures }, { succeeded: 1 }, MINUTE).slice(0, 2)).toEqual([
    'Abort',
    'the one device is TIMED_OUT: IN_PROGRESS for 30 minutes',
  ]);
});

const apart = (cause: 'infrastructure' | 'foreign', acceptedApart = 0) => ({
  ...noEvidence,
  apart: [{ rank: 0, cause }],
  acceptedApart,
});
const judgedApart = (change: Partial<Rollout>, counts: Partial<ExecutionCounts>, why?: string) => {
  const cause = change.evidence?.apart[0]?.cause ?? 'foreign';
  const status = counts.apart ? ('FAILED' as const) : ('UNHEALTHY' as const);
  const failures = why === undefined ? [] : [{ thing: 't-1', status, why, apart: cause }];
  const { judgement, isApart, isMeasured } = judgeThing(
    onThing(change),
    seen(counts, 2 * MINUTE, failures),
  );
  return [judgement.verdict, judgement.reason, isApart, isMeasured];
};

test('a failure that says nothing of the release holds for a person, whatever onHold says', () => {
  const evidence = apart('infrastructure');
  expect(judgedApart({ evidence }, { apart: 1 }, 'no route to host')).toEqual([
    'Hold',
    'not by the release (infrastructure): the one device is FAILED: no route to host',
    undefined,
    undefined,
  ]);
});

test('what is broken beside the release holds until a person accepts it, then it bakes', () => {
  const change = { evidence: apart('foreign'), bakeEndsAt: 3 * MINUTE };
  expect(judgedApart(change, { succeeded: 1 }, 'Logger 1.0.0 is BROKEN')).toEqual([
    'Hold',
    'not by the release (foreign): the one device is UNHEALTHY: Logger 1.0.0 is BROKEN',
    true,
    undefined,
  ]);
  const goesOn = [
    'Continue',
    'wave device bakes for another 1m; the device has nothing broken by the release',
  ];
  // Somebody has repaired it meanwhile: that ends the hold as well.
  expect(judgedApart(change, { succeeded: 1 }).slice(0, 2)).toEqual(goesOn);
  const accepted = { ...change, evidence: apart('foreign', 1) };
  expect(judgedApart(accepted, { succeeded: 1 }, 'Logger').slice(0, 2)).toEqual(goesOn);
});

test('a device that is at work is waited for', () => {
  for (const counts of [{ queued: 1 }, { inProgress: 1 }])
    expect(look({}, counts, 29 * MINUTE).slice(0, 2)).toEqual([
      'Continue',
      'the device has not answered yet, deadline 30m',
    ]);
});

test('a device that has not begun within the deadline holds, unmeasured, until it begins', () => {
  expect(look({}, { queued: 1 }, 30 * MINUTE)).toEqual([
    'Hold',
    'the device has not begun within the deadline of 30m',
    undefined,
    undefined,
  ]);
  expect(look({}, { inProgress: 1 }, 30 * MINUTE)[0]).toBe('Continue');
});

test('a rollout whose device is yet to be admitted goes on, also where its admission died half-way', () => {
  const yet = ['Continue', 'the device has yet to be admitted'];
  expect(look({ admitted: 0, admissions: [] }, {}, MINUTE).slice(0, 2)).toEqual(yet);
  const admitting = { from: 0, to: 1 };
  expect(look({ admitting }, {}, 90 * MINUTE).slice(0, 2)).toEqual(yet);
});

test('a success bakes before it passes', () => {
  expect(look({}, { succeeded: 1 }, 2 * MINUTE)).toEqual([
    'Continue',
    'wave device bakes for another 1m; the device is HEALTHY',
    3 * MINUTE,
    undefined,
  ]);
  expect(look({ bakeEndsAt: 3 * MINUTE }, { succeeded: 1 }, 3 * MINUTE)).toEqual([
    'Promote',
    'the device succeeded and is HEALTHY after 1m',
    3 * MINUTE,
    undefined,
  ]);
});
