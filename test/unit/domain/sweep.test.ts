import { expect, test } from '@jest/globals';
import type { Rollout } from '../../../src/domain/rollout.js';
import {
  afterSweep,
  listedAs,
  stragglersToAsk,
  sweepOf,
  sweepNews,
  sweepStragglers,
} from '../../../src/domain/sweep.js';
import { kept } from './kept-rollout.js';

const DAY = 24 * 3600 * 1000;
const NOW = '2026-01-06T08:00:00.000Z';
const away: Rollout = {
  ...kept,
  phase: 'Aborted',
  announced: 'Aborted',
  revertDeploymentId: 'revert',
  hit: 6,
  returned: 2,
  stragglers: ['a', 'b', 'c', 'd'],
  revertDocument: { components: { App: { componentVersion: '1.0.0' } } },
};
const baseline = new Map([['App', '1.0.0']]);
const seen = {
  at: DAY,
  since: 0,
  isRevertInForce: true,
  members: new Set(['a', 'b', 'c']),
  executions: [
    { thing: 'a', status: 'SUCCEEDED', isStarted: true },
    { thing: 'b', status: 'TIMED_OUT', isStarted: true },
    { thing: 'c', status: 'QUEUED', isStarted: false },
  ],
  installed: new Map([
    ['a', baseline],
    ['b', baseline],
  ]),
};

test('the sweep looks after what has ended with stragglers or failed, until it is swept', () => {
  expect(listedAs(kept)).toBe('OPEN');
  expect(listedAs(away)).toBe('SWEEP');
  expect(listedAs({ ...away, sweptAt: NOW })).toBe('ENDED');
  expect(listedAs({ phase: 'Failed', stragglers: [] })).toBe('SWEEP');
  expect(listedAs({ phase: 'Promoted', announced: 'Promoted', stragglers: [] })).toBe('ENDED');
});

test('the sweep looks after an end that nobody was told of', () => {
  expect(listedAs({ phase: 'Promoted', announced: 'Promoting', stragglers: [] })).toBe('SWEEP');
  expect(listedAs({ phase: 'Running', announced: 'Planned', stragglers: [] })).toBe('OPEN');
  const swept = { phase: 'Failed' as const, stragglers: [], sweptAt: NOW };
  expect(listedAs({ ...swept, announced: 'Running' })).toBe('SWEEP');
  expect(listedAs({ ...swept, announced: 'Failed' })).toBe('ENDED');
});

test('a sweep takes more rollouts than it can in turn, hour by hour', () => {
  const ended = ['a', 'b', 'c', 'd', 'e'].map((rolloutId) => ({ ...away, rolloutId }));
  const sweep = (hour: number, most: number) =>
    sweepOf({ ended, dead: [] }, hour * 3_600_000, most);
  expect(sweep(0, 5)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(sweep(0, 2)).toEqual(['a', 'b']);
  expect(sweep(1, 2)).toEqual(['c', 'd']);
  expect(sweep(2, 2)).toEqual(['e', 'a']);
});

test('what devices wait for is swept before ends that are only to be told', () => {
  const untold = { ...away, rolloutId: 'untold', stragglers: [], announced: 'Running' as const };
  const dead = [{ ...kept, rolloutId: 'dead' }];
  const ended = [untold, { ...away, rolloutId: 'away' }];
  expect(sweepOf({ ended, dead }, 0, 5)).toEqual(['away', 'dead', 'untold']);
  expect(sweepOf({ ended, dead }, 0, 2)).toEqual(['away', 'dead']);
});

test('stragglers return, leave, get the revert once more, or stay away', () => {
  expect(stragglersToAsk(away, seen.executions)).toEqual(['a', 'b']);
  expect(sweepStragglers(away, seen)).toEqual({
    back: ['a'],
    gone: ['d'],
    again: ['b'],
    remaining: ['b', 'c'],
    isGivenUp: false,
  });
});

test('on the target itself nobody can be given the revert again: the versions say who is back', () => {
  const swept = sweepStragglers({ ...away, targetDeploymentId: 'target' }, seen);
  expect(swept).toMatchObject({ back: ['a', 'b'], again: [], remaining: ['c'] });
});

test('a straggler that succeeded but runs another version is not back', () => {
  const installed = new Map([['a', new Map([['App', '1.1.0']])]]);
  expect(sweepStragglers(away, { ...seen, installed })).toMatchObject({ back: [] });
});

test('once the target has moved on, its stragglers are somebody else’s', () => {
  const swept = sweepStragglers(away, { ...seen, isRevertInForce: false });
  expect(swept).toMatchObject({ gone: ['a', 'b', 'c', 'd'], remaining: [] });
});

test('after 30 days stragglers are given up and stay named', () => {
  const swept = sweepStragglers(away, { ...seen, at: 31 * DAY });
  expect(swept.isGivenUp).toBe(true);
  expect(afterSweep(away, swept, NOW)).toMatchObject({
    stragglers: ['b', 'c'],
    returned: 3,
    sweptAt: NOW,
  });
});

test('a sweep that changes nothing has no news', () => {
  const nothing = { back: [], gone: [], again: [], remaining: ['c'], isGivenUp: false };
  expect(sweepNews({ ...away, stragglers: ['c'] }, nothing)).toBeUndefined();
  expect(sweepNews(away, { ...nothing, back: ['a'] })).toEqual({
    what: 'back on the baseline: a',
    why: '1 stragglers are still away: c',
  });
});
