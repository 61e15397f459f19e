import { expect, test } from '@jest/globals';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { signalEvidence } from '../../../src/domain/signal-evidence.js';
import type { Rollout } from '../../../src/domain/rollout.js';
import {
  hasControls,
  unasked,
  unhealthyFailures,
  unhealthyToAsk,
  withFailures,
  type SeenWave,
  type UnhealthyDevice,
} from '../../../src/domain/unhealthy-devices.js';
import { evidenceOf, seen } from './judging.js';
import { kept } from './kept-rollout.js';

const broken = (name: string, isRoot = true) => [{ name, says: `${name} is BROKEN`, isRoot }];
const device = (rank: number, name?: string): UnhealthyDevice => ({
  thing: `t-${rank}`,
  rank,
  ...(name !== undefined && { broken: broken(name) }),
});
const devices = (from: number, to: number, name?: string) =>
  Array.from({ length: to - from }, (_, i) => device(from + i, name));

// Five canaries of 200 devices; the release ships App and leaves Logger as it is.
const rollout: Rollout = {
  ...kept,
  wave: 0,
  ranked: 200,
  admitted: 5,
  skipped: [],
  file: { ...kept.file, release: { components: { App: { version: '1.1.0' } } } },
};
const look = (change: Partial<SeenWave> = {}): SeenWave => ({
  observation: seen({ succeeded: 5 }),
  sorted: { counts: seen({}).counts, failures: [], failedRanks: [], apart: [], ineligible: [] },
  unhealthy: [],
  controls: [],
  ...change,
});

test('nine devices without the release for each that has it are enough to compare with', () => {
  expect(hasControls({ ranked: 50, admitted: 5 })).toBe(true);
  expect(hasControls({ ranked: 50, admitted: 6 })).toBe(false);
});

test('what has failed stays failed, and only devices with a rank are evidence', () => {
  const before = { ...kept, evidence: evidenceOf({ failedRanks: [2], unhealthyRanks: [5] }) };
  const unhealthy = [device(9, 'App'), { thing: 'stranger', rank: undefined }, device(7, 'App')];
  const found = look({ unhealthy, controls: undefined });
  const after = withFailures(before, { ...found, sorted: { ...found.sorted, failedRanks: [11] } });
  // Rank 7 was skipped.
  expect(after.evidence.failedRanks).toEqual({
    deployment: [2, 11],
    health: [5, 9],
    component: [9],
  });
  expect(withFailures(after, look({ controls: undefined }))).toEqual(after);
});

test('a look again at the same devices adds nothing', () => {
  const found = look({ unhealthy: devices(0, 3, 'App'), controls: devices(50, 60, 'Logger') });
  const once = withFailures(rollout, found);
  expect(withFailures(once, found)).toEqual(once);
});

test('a component of the release that breaks counts by health and by component', () => {
  const { evidence } = withFailures(rollout, look({ unhealthy: devices(0, 2, 'App') }));
  expect(evidence.failedRanks).toEqual({ deployment: [], health: [0, 1], component: [0, 1] });
  expect(evidence.compared.health).toEqual({
    ranks: [0, 1],
    controls: [],
    looks: [{ canaries: 5, canariesFailed: 2, controls: 195, controlsFailed: 0 }],
  });
});

test('a component that the release leaves as it is counts apart, as foreign', () => {
  const { evidence } = withFailures(rollout, look({ unhealthy: devices(0, 2, 'Logger') }));
  expect(evidence.failedRanks.health).toEqual([]);
  expect(evidence.apart).toEqual([
    { rank: 0, cause: 'foreign' },
    { rank: 1, cause: 'foreign' },
  ]);
  expect(unhealthyFailures(rollout, devices(0, 1, 'Logger'))).toEqual([
    { thing: 't-0', status: 'UNHEALTHY', why: 'Logger is BROKEN', apart: 'foreign' },
  ]);
});

test('an incident that breaks devices with and without the release does not abort, a release that breaks its own does', () => {
  const strongest = (found: SeenWave) => {
    const [most] = signalEvidence(withFailures(rollout, found));
    return most;
  };
  const release = look({ unhealthy: devices(0, 4, 'App') });
  expect(strongest(release)).toMatchObject({ signal: 'health', aborts: true });
  const incident = look({ unhealthy: devices(0, 4, 'App'), controls: devices(20, 176, 'App') });
  expect(strongest(incident)?.aborts).toBe(false);
  // Without controls four of five abort, whatever happens elsewhere.
  const alone = look({ unhealthy: devices(0, 4, 'App'), controls: undefined });
  expect(strongest(alone)).toMatchObject({ signal: 'health', aborts: true });
});

test('where something else breaks devices without the release, a broken component of the release still aborts', () => {
  const found = look({ unhealthy: devices(0, 4, 'App'), controls: devices(20, 176, 'Logger') });
  const [most] = signalEvidence(withFailures(rollout, found));
  expect(most).toMatchObject({ signal: 'component', aborts: true });
});

test('a device that was UNHEALTHY before it got the release never counts', () => {
  const first = look({ unhealthy: devices(0, 1, 'App'), controls: devices(7, 8, 'App') });
  const admitted = { ...withFailures(rollout, first), admitted: 10 };
  const later = withFailures(admitted, look({ unhealthy: [device(0), device(7, 'App')] }));
  expect(later.evidence.failedRanks.health).toEqual([0]);
  expect(unhealthyFailures(admitted, [device(7, 'App')])).toEqual([]);
});

test('25 unhealthy devices are asked at a look, the others are no evidence until they are', () => {
  const unhealthy = devices(0, 40);
  const large = { ...rollout, ranked: 1000, admitted: 40 };
  const asked = unhealthyToAsk(large, unhealthy).map(({ rank = 0 }) => device(rank, 'App'));
  expect(asked).toHaveLength(25);
  const found = [...asked, ...devices(25, 40)];
  expect(unasked(large, found)).toBe(15);
  const after = withFailures(large, look({ unhealthy: found }));
  expect(after.evidence.failedRanks.health).toHaveLength(25);
  expect(unhealthyToAsk(after, unhealthy).map(({ rank }) => rank)).toEqual(
    Array.from({ length: 15 }, (_, i) => 25 + i),
  );
});

test('devices that cannot be heard of are left out of the comparison', () => {
  const observation = seen({ succeeded: 4, queued: 1 });
  const { evidence } = withFailures(
    rollout,
    look({ observation, unhealthy: devices(0, 1, 'App') }),
  );
  // One of five is silent, so of 195 controls a fifth is taken to be.
  expect(evidence.compared.health.looks).toEqual([
    { canaries: 4, canariesFailed: 1, controls: 156, controlsFailed: 0 },
  ]);
  expect(noEvidence.compared.health.looks).toEqual([]);
});

test('what fails once controls are too few counts by the limit alone, what failed before does not', () => {
  const incident = look({ unhealthy: devices(0, 4, 'App'), controls: devices(20, 176, 'App') });
  const before = withFailures(rollout, incident);
  const later = { ...before, admitted: 100, wave: 1 };
  const unhealthy = [...devices(0, 4), ...devices(96, 100, 'App')];
  const [most] = signalEvidence(withFailures(later, look({ unhealthy, controls: undefined })));
  expect(most?.aborts).toBe(false);
  expect(most?.at).toEqual({ failed: 0, exposed: 0 });
});
