import { expect, test } from '@jest/globals';
import { changeLines, changeObjects, watchView } from '../../../cli/watch-view.js';
import type { Rollout } from '../../../src/domain/rollout.js';
import { events, rollout } from './rollout-fixture.js';

test('a running wave is a bar of what succeeded, failed, is pending and is yet to come', () => {
  expect(watchView({ rollout, events }, false)).toEqual([
    'thermostat-1.1.0-abcdefgh  Running  2026-01-05 08:41:00Z, 41m after the start',
    'thinggroup/thermostats, 200 devices in 3 waves, 2 unhealthy or unheard of come last, 3 ineligible',
    '',
    '  canary      ██████████████████████████████    5 of   5  passed',
    '  early       ███████████████████×▒▒▒▒▒▒▒▒▒▒   20 of  20  rolling out',
    '  100%        ······························    0 of 200  then bakes 2h',
    '  the target  ······························    0 of 205  at last',
    '',
    'admitted 20, succeeded 12, failed 1, pending 7, queued 0',
    'Judge: Continue: answered (13) < 19',
    '  FAILED  thermostats-0042: the run script exited with 1',
    '',
    '01-05 08:00:00  LockTarget: target locked',
    '01-05 08:40:00  AdmitWave: 15 devices admitted (wave early)',
  ]);
});

test('a baking wave tells until when', () => {
  const baking = {
    ...rollout,
    phase: 'Baking' as const,
    bakeEndsAt: Date.parse('2026-01-05T10:41:00Z'),
  };
  expect(watchView({ rollout: baking, events }, false)[4]).toMatch(
    /20 of {2}20 {2}baking until 01-05 10:41:00$/,
  );
  expect(changeLines(undefined, { rollout: baking, events: [] })).toEqual([
    '01-05 08:41:00  Baking, wave early, until 01-05 10:41:00: admitted 20, succeeded 12, failed 1, pending 7, queued 0',
  ]);
});

test('once the target has the release every wave has passed, and the numbers are those of the target', () => {
  const promoting: Rollout = {
    ...rollout,
    phase: 'Promoting',
    wave: 2,
    admitted: 200,
    targetPromotedAt: Date.parse('2026-01-05T20:00:00Z'),
    lookAt: Date.parse('2026-01-05T20:00:30Z'),
    judgement: {
      verdict: 'Continue',
      reason: 'pending (164) > 0',
      proven: false,
      alternatives: [],
      wouldChange: [],
      numbers: {
        devices: 205,
        reached: 205,
        answered: 41,
        succeeded: 41,
        failed: 0,
        pending: 164,
        queued: 0,
        apart: 0,
      },
    },
  };
  expect(watchView({ rollout: promoting, events: [] }, false).slice(3, 10)).toEqual([
    '  canary      ██████████████████████████████    5 of   5  passed',
    '  early       ██████████████████████████████   20 of  20  passed',
    '  100%        ██████████████████████████████  200 of 200  passed',
    '  the target  ██████▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒   41 of 205  promoting',
    '',
    'target: devices 205, succeeded 41, failed 0, pending 164, queued 0',
    'Judge: Continue: pending (164) > 0',
  ]);
});

test('a rollout that has ended badly tells why', () => {
  const aborted: Rollout = { ...rollout, phase: 'Aborted', endReason: 'failed (3) > 1' };
  const lines = watchView({ rollout: aborted, events: [] }, false);
  expect(lines[4]).toMatch(/20 of {2}20 {2}aborted$/);
  expect(lines[9]).toBe('failed (3) > 1');
});

test('a log gets one line per new event and one when the numbers change', () => {
  const first = { rollout, events: events.slice(0, 1) };
  expect(changeLines(undefined, first)).toEqual([
    '01-05 08:00:00  LockTarget: target locked',
    '01-05 08:41:00  Running, wave early: admitted 20, succeeded 12, failed 1, pending 7, queued 0',
  ]);
  expect(changeLines(first, { rollout: { ...rollout, version: 10 }, events })).toEqual([
    '01-05 08:40:00  AdmitWave: 15 devices admitted (wave early)',
  ]);
});

test('looks that decided nothing are left out of a log', () => {
  const look = {
    at: '2026-01-05T08:41:00.000Z',
    step: 'AssessWave',
    actor: 'rollout',
    what: 'Continue in wave early',
    why: 'answered (13) < 19',
  };
  const before = { rollout, events };
  expect(changeLines(before, { rollout, events: [...events, look] })).toEqual([]);
  expect(changeObjects(before, { rollout, events: [...events, look] })).toHaveLength(1);
});

test('a program gets one object per event and per change of the status', () => {
  const [event, status, ...rest] = changeObjects(undefined, {
    rollout,
    events: events.slice(0, 1),
  });
  expect(rest).toEqual([]);
  expect(event).toEqual({
    type: 'event',
    at: '2026-01-05T08:00:00.000Z',
    step: 'LockTarget',
    actor: 'ada',
    what: 'target locked',
    why: '',
  });
  expect(status).toEqual({
    type: 'status',
    at: '2026-01-05T08:41:00.000Z',
    id: 'thermostat-1.1.0-abcdefgh',
    name: 'thermostat-1.1.0',
    target: 'thinggroup/thermostats',
    phase: 'Running',
    wave: 1,
    admitted: 20,
    reached: 20,
    succeeded: 12,
    failed: 1,
    pending: 7,
    queued: 0,
    ineligible: 3,
    stragglers: 0,
    verdict: 'Continue',
    apart: 0,
    evidence: null,
    alternatives: [],
    wouldChange: [],
    reason: 'answered (13) < 19',
  });
  expect(changeObjects({ rollout, events }, { rollout, events })).toEqual([]);
});

test('the evidence stands beside what it takes to abort, and who is not back is named', () => {
  const aborted: Rollout = {
    ...rollout,
    phase: 'Aborted',
    hit: 14,
    returned: 13,
    stragglers: ['thermostats-0042'],
    endReason: 'failed 3 of the first 14 started; evidence 23.1 >= 20',
    judgement: {
      verdict: 'Abort',
      reason: 'failed 3 of the first 14 started; evidence 23.1 >= 20',
      proven: false,
      alternatives: [],
      wouldChange: [],
      evidence: {
        signal: 'deployment',
        evidence: 23.18,
        threshold: 20,
        at: { failed: 3, exposed: 14 },
        aborts: true,
      },
      numbers: {
        devices: 14,
        reached: 14,
        answered: 14,
        succeeded: 11,
        failed: 3,
        pending: 0,
        queued: 0,
        apart: 0,
      },
    },
  };
  const lines = watchView({ rollout: aborted, events: [] }, false);
  expect(lines.slice(9, 13)).toEqual([
    'failed 3 of the first 14 started; evidence 23.1 >= 20',
    'Evidence: 23.1, aborts at 20: failed 3 of the first 14 started',
    'Taken back: 13 of 14 devices that got it',
    'Stragglers: thermostats-0042',
  ]);
});

test('one thing has one bar: there is no target to promote after it', () => {
  const onThing: Rollout = {
    ...rollout,
    targetArn: 'arn:aws:iot:eu-west-1:123456789012:thing/thermostats-0001',
    wave: 0,
    waves: [{ name: 'device', size: 1, bakeSeconds: 1800, approval: false }],
    ranked: 1,
    ineligible: 0,
    unheard: 0,
    admitted: 1,
  };
  const lines = watchView({ rollout: onThing, events: [] }, false);
  expect(lines[1]).toBe('thing/thermostats-0001, 1 device in 1 wave');
  expect(lines[3]).toMatch(/^ {2}device .* 1 of 1 {2}rolling out$/);
  expect(lines[4]).toBe('');
});
