import { expect, test } from '@jest/globals';
import {
  inOrder,
  placeRefusal,
  placeRolloutId,
  replacedBy,
  rolloutNameOf,
  waitsFor,
} from '../../../src/domain/release/line.js';
import { placeProgress } from '../../../src/domain/release/place-progress.js';
import { ROLLOUT_ID } from '../../../src/domain/rollout-id.js';
import { place } from './places.js';

const older = place({
  releaseId: 'github-0',
  version: '1.3.0',
  queuedAt: '2026-01-05T07:00:00Z',
});
const alone = { line: [], open: [], deployed: '1.3.0' };
const later = place({
  releaseId: 'github-9',
  version: '1.5.0',
  queuedAt: '2026-01-05T09:00:00Z',
});

test.each([
  ['com.example.Thermostat', '1.4.0', 'thermostat-1.4.0'],
  ['a._b', '1.0.0+5', 'b-1.0.0-5'],
  ['x'.repeat(80), '1.4.0-rc.1', `${'x'.repeat(40)}-1.4.0-rc.1`],
  ['a', `1.0.0-${'y'.repeat(58)}`, `a-1.0.0-${'y'.repeat(43)}`],
])('the rollout of %s %s is named %s', (component, version, name) => {
  expect(rolloutNameOf(component, version)).toBe(name);
  expect(placeRolloutId(name, place())).toMatch(ROLLOUT_ID);
});

test('the same release on the same target has the same rollout, another attempt another', () => {
  const first = placeRolloutId('t', place());
  expect(placeRolloutId('t', place())).toBe(first);
  expect(placeRolloutId('t', place({ attempt: 2 }))).not.toBe(first);
  expect(placeRolloutId('t', place({ target: 'thinggroup/b' }))).not.toBe(first);
});

test('what the target has, or is about to get, is not queued again', () => {
  expect(placeRefusal(place(), alone)).toBeUndefined();
  expect(placeRefusal(place(), { ...alone, deployed: '1.4.0' })).toBe(
    'thinggroup/a has 1.4.0 already',
  );
  const twin = place({ releaseId: 'github-2' });
  expect(placeRefusal(place(), { ...alone, line: [twin] })).toBe(
    'release github-2 has 1.4.0 in the line already',
  );
  const open = [{ rolloutId: 'r-1', version: '1.4.0' }];
  expect(placeRefusal(place(), { ...alone, open })).toBe(
    'rollout r-1 is rolling 1.4.0 out already',
  );
  // A target that is being moved away from the version may be moved back to it.
  const away = [{ rolloutId: 'r-2', version: '1.5.0' }];
  expect(placeRefusal(place(), { ...alone, deployed: '1.4.0', open: away })).toBeUndefined();
});

test('a target is never taken back by a release that is older than what it has', () => {
  expect(placeRefusal(place(), { ...alone, deployed: '1.5.0' })).toBe(
    'thinggroup/a has 1.5.0, which is newer; greenwave rollout takes it back',
  );
  expect(placeRefusal(place(), { ...alone, deployed: '1.4.0-rc.1' })).toBeUndefined();
  // What a rollout under way has put there may be taken back yet: its turn decides.
  const open = [{ rolloutId: 'r-0', version: '1.5.0' }];
  expect(placeRefusal(place(), { ...alone, deployed: '1.5.0', open })).toBeUndefined();
  expect(placeRefusal(place(), { ...alone, deployed: undefined })).toBeUndefined();
});

test('places are in the order in which they came, twins by their releases', () => {
  const twin = place({ releaseId: 'github-2' });
  expect(inOrder([later, twin, place(), older])).toEqual([older, place(), twin, later]);
});

test('a newer release queues, replaces who waits, or is refused, as its policy says', () => {
  const open = [{ rolloutId: 'r-0', version: '1.2.0' }];
  const around = { ...alone, line: [older], open };
  expect(placeRefusal(place(), around)).toBeUndefined();
  expect(replacedBy(place(), around)).toEqual([]);
  const replacing = place({ newer: 'replace' });
  expect(placeRefusal(replacing, around)).toBeUndefined();
  expect(replacedBy(replacing, around)).toEqual([older]);
  expect(replacedBy({ ...replacing, warning: 'a conflict' }, around)).toEqual([]);
  expect(replacedBy({ ...replacing, state: 'Failed' }, around)).toEqual([]);
  const starting = { ...older, state: 'Starting' as const };
  const other = { ...older, component: 'com.example.Other' };
  expect(replacedBy(replacing, { line: [starting, other] })).toEqual([]);
  // An older release that comes after a newer one, or whose step runs once more then.
  expect(replacedBy(replacing, { line: [later] })).toEqual([]);
  expect(placeRefusal(replacing, { ...alone, line: [later] })).toBe(
    'release github-9 has 1.5.0 in the line, which is newer',
  );
  const refusing = place({ newer: 'refuse' });
  expect(placeRefusal(refusing, around)).toBe(
    'the policy refuses a newer release while r-0 is under way',
  );
  expect(placeRefusal(refusing, { ...around, open: [] })).toBe(
    'the policy refuses a newer release while github-0 is in the line',
  );
  const foreign = [{ rolloutId: 'r-9', version: undefined }];
  expect(placeRefusal(refusing, { ...alone, open: foreign })).toBeUndefined();
});

const free = {
  at: 0,
  freezes: [],
  nextTime: () => undefined,
  before: undefined,
  holder: undefined,
  show: String,
};

test('a place waits for who is before it, a freeze, a window, or who holds the target', () => {
  expect(waitsFor(place(), free)).toBeUndefined();
  expect(waitsFor(place(), { ...free, before: older })).toBe('behind release github-0');
  expect(waitsFor(place(), { ...free, holder: 'r-0' })).toBe('rollout r-0 holds the target');
  const window = { cron: '* * * * *', durationSeconds: 60, timeZone: 'UTC', reason: 'night' };
  const open = {
    ...free,
    nextTime: (_: unknown, after: number) => (after < -100 ? -100 : undefined),
  };
  expect(waitsFor(place({ freeze: [window] }), open)).toBe(
    'policy p starts nothing until 59900: night',
  );
  const freezes = [{ by: 'ada', reason: 'fair', at: 'noon' }];
  expect(waitsFor(place(), { ...free, freezes })).toBe(
    'everything is frozen by ada since noon: fair',
  );
});

test('a rollout that found its target taken waits again, under another id and not at once', () => {
  const starting = place({ state: 'Starting' });
  const execution = { status: 'FAILED', error: 'TargetLockedError', message: 'held by r-7' };
  const again = placeProgress(starting, { rollout: undefined, execution }, 1000);
  expect(again).toMatchObject({ state: 'Waiting', attempt: 2, reason: 'held by r-7' });
  expect(again?.rolloutId).not.toBe(starting.rolloutId);
  expect(again && waitsFor(again, { ...free, at: 2000 })).toBe(
    'its target was taken; tried again at 841000',
  );
  expect(again && waitsFor(again, { ...free, at: 15 * 60_000 })).toBeUndefined();
  const failed = { phase: 'Failed' as const, endReason: 'TargetLockedError: held by r-7' };
  expect(placeProgress(starting, { rollout: failed, execution }, 1000)).toMatchObject({
    state: 'Waiting',
    attempt: 2,
  });
  const broken = { phase: 'Failed' as const, endReason: 'it broke' };
  expect(placeProgress(starting, { rollout: broken, execution }, 1000)?.state).toBe('Started');
});

test('a rollout that has begun is started, one that was refused has failed, with its reason', () => {
  const starting = place({ state: 'Starting' });
  const running = { status: 'RUNNING', error: undefined, message: '' };
  const planned = { phase: 'Planned' as const, endReason: undefined };
  expect(placeProgress(starting, { rollout: undefined, execution: running }, 0)).toBeUndefined();
  expect(placeProgress(starting, { rollout: planned, execution: running }, 0)).toBeUndefined();
  const rollout = { phase: 'Running' as const, endReason: undefined };
  expect(placeProgress(starting, { rollout, execution: running }, 0)?.state).toBe('Started');
  const refused = { status: 'FAILED', error: 'InvalidRolloutError', message: 'no such group' };
  expect(placeProgress(starting, { rollout: undefined, execution: refused }, 0)).toMatchObject({
    state: 'Failed',
    reason: 'InvalidRolloutError: no such group',
  });
});
