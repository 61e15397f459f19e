import { expect, test } from '@jest/globals';
import {
  devicesToAsk,
  endNews,
  isOnBaseline,
  leftoversOf,
  returning,
  returningByCounts,
  rolledBack,
  stragglersOf,
} from '../../../src/domain/rollback-return.js';
import type { Rollout } from '../../../src/domain/rollout.js';
import { noExecutions } from '../../../src/domain/wave.js';
import { kept } from './kept-rollout.js';

const MINUTE = 60_000;
const reverted: Rollout = {
  ...kept,
  phase: 'RollingBack',
  endsAs: 'Aborted',
  endReason: 'failed (3) > 1',
  deploymentId: 'release',
  revertDeploymentId: 'revert',
  revertedAt: 0,
  hit: 4,
  revertDocument: { components: { App: { componentVersion: '1.0.0' } } },
};
const execution = (thing: string, status: string) => ({ thing, status, isStarted: true });

test('a device is on the baseline with its versions of what the release touched', () => {
  expect(isOnBaseline(reverted, new Map([['App', '1.0.0']]))).toBe(true);
  expect(isOnBaseline(reverted, new Map([['App', '1.1.0']]))).toBe(false);
  expect(isOnBaseline(reverted, new Map())).toBe(false);
});

test('a range of versions in the baseline is not compared', () => {
  const ranged = {
    ...reverted,
    revertDocument: { components: { App: { componentVersion: '^1' } } },
  };
  expect(isOnBaseline(ranged, new Map([['App', '1.4.0']]))).toBe(true);
});

test('only devices that newly succeeded at the revert are asked', () => {
  const executions = [
    execution('a', 'SUCCEEDED'),
    execution('b', 'SUCCEEDED'),
    execution('c', 'QUEUED'),
  ];
  expect(devicesToAsk(['a', 'b', 'c'], new Set(['a']), executions)).toEqual(['b']);
});

test('queued devices are waited for until the device deadline, those in progress longer, failed ones never', () => {
  const seen = {
    isActive: true,
    hit: ['back', 'busy', 'failed', 'queued'],
    returned: new Set(['back']),
    executions: [
      execution('back', 'SUCCEEDED'),
      execution('busy', 'IN_PROGRESS'),
      execution('failed', 'FAILED'),
      execution('queued', 'QUEUED'),
    ],
  };
  expect(returning(reverted, { ...seen, at: 29 * MINUTE })).toBe(2);
  expect(returning(reverted, { ...seen, at: 30 * MINUTE })).toBe(1);
  expect(returning(reverted, { ...seen, at: 72 * 60 * MINUTE })).toBe(0);
  expect(returning(reverted, { ...seen, isActive: false, at: MINUTE })).toBe(0);
});

test('many hit devices are counted while the job is at work, and looked at once it has nothing left', () => {
  const many = { ...reverted, hit: 5000, returned: 0 };
  const busy = { ...noExecutions, inProgress: 10, queued: 20 };
  expect(returningByCounts(many, busy, MINUTE)).toBe(5000);
  expect(returningByCounts(many, { ...busy, inProgress: 0 }, 31 * MINUTE)).toBeUndefined();
  expect(returningByCounts(reverted, busy, MINUTE)).toBeUndefined();
});

test('stragglers are hit devices that are not back, where there is a way back', () => {
  expect(stragglersOf(reverted, ['a', 'b'], ['a'])).toEqual(['b']);
  expect(stragglersOf({ revertDeploymentId: undefined }, ['a', 'b'], [])).toEqual([]);
});

const own = { deploymentId: 'own', revisionId: '1', document: { components: {} } };
const none = { stragglers: 0, hadNone: false };

test('without stragglers nothing of a rollout is left', () => {
  expect(leftoversOf(reverted, none)).toEqual({
    deployments: ['revert', 'release'],
    isGroupLeft: true,
  });
});

test('stragglers keep the rollout group and the revert', () => {
  expect(leftoversOf(reverted, { ...none, stragglers: 2 })).toEqual({
    deployments: ['release'],
    isGroupLeft: false,
  });
});

test('a target that had no deployment loses the empty one as well, unless stragglers need it', () => {
  const rollout = { ...reverted, baseline: own };
  expect(leftoversOf(rollout, { stragglers: 0, hadNone: true }).deployments).toEqual([
    'revert',
    'release',
    'own',
  ]);
  expect(leftoversOf(rollout, { stragglers: 1, hadNone: true }).deployments).toEqual(['release']);
});

test('the revert of a promoted target stays as its newest revision', () => {
  const rollout = { ...reverted, targetDeploymentId: 'target', baseline: own };
  expect(leftoversOf(rollout, none)).toEqual({
    deployments: ['release', 'target'],
    isGroupLeft: true,
  });
  expect(leftoversOf(rollout, { ...none, hadNone: true }).deployments).toEqual([
    'release',
    'revert',
    'target',
    'own',
  ]);
});

test('a rollout that only had to be cleaned up ends as promoted, and the target keeps the release', () => {
  const promoted: Rollout = { ...reverted, endsAs: 'Promoted', targetDeploymentId: 'target' };
  expect(leftoversOf(promoted, none).deployments).toEqual(['release']);
  expect(rolledBack(promoted, { stragglers: [], at: '2026-01-05T10:00:00Z' })).toMatchObject({
    phase: 'Promoted',
    endedAt: '2026-01-05T10:00:00Z',
  });
});

test('the end says how many are back and who is missing', () => {
  const ended = rolledBack(
    { ...reverted, returned: 3 },
    { stragglers: ['d'], at: '2026-01-05T10:00:00Z' },
  );
  expect(ended.sweptAt).toBeUndefined();
  expect(endNews(ended)).toEqual({
    what: 'Aborted: 3 of 4 hit devices are back; stragglers: d',
    why: 'failed (3) > 1',
  });
});
