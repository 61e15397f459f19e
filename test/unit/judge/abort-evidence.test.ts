import { expect, test } from '@jest/globals';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';

const oneWave = {
  waveStarts: [],
  planned: 50,
  waves: 1,
  streams: fleetByPlatform(0.05, []),
  risk: 0.05,
};

test('failures at ranks 3, 5 and 8 abort, however many devices have started since', () => {
  const judged = abortEvidence({ ...oneWave, failedRanks: [3, 5, 8] });
  expect(judged.evidence).toBeCloseTo(22.215306672, 9);
  expect(judged).toMatchObject({ threshold: 20, at: { failed: 3, exposed: 8 }, aborts: true });
});

test('failures at ranks 3, 5 and 9 do not abort yet', () => {
  const judged = abortEvidence({ ...oneWave, failedRanks: [3, 5, 9] });
  expect(judged.evidence).toBeCloseTo(14.75402068, 9);
  expect(judged.aborts).toBe(false);
});

test('evidence begins at 1', () => {
  expect(abortEvidence({ ...oneWave, failedRanks: [] })).toEqual({
    evidence: 1,
    threshold: 20,
    at: { failed: 0, exposed: 0 },
    aborts: false,
  });
});

test('one failure never aborts, although at a limit of 1 % its evidence is 37', () => {
  expect(
    abortEvidence({ ...oneWave, failedRanks: [1], streams: fleetByPlatform(0.01, []) }).aborts,
  ).toBe(false);
  expect(
    abortEvidence({ ...oneWave, failedRanks: [1, 2], streams: fleetByPlatform(0.01, []) }).aborts,
  ).toBe(true);
});

test('a device that failed twice counts once', () => {
  expect(abortEvidence({ ...oneWave, failedRanks: [1, 1] })).toMatchObject({ evidence: 1 });
});

test('a smaller risk takes more evidence', () => {
  expect(abortEvidence({ ...oneWave, failedRanks: [3, 5, 8], risk: 0.01 })).toMatchObject({
    threshold: 100,
    aborts: false,
  });
});

test('a fault that begins after 1000 good devices aborts by its fifth failure', () => {
  const late = {
    waveStarts: [10, 50, 200, 1000],
    planned: 10_000,
    waves: 5,
    streams: fleetByPlatform(0.05, []),
  };
  const failedRanks = [1001, 1002, 1003, 1004, 1005];
  const judged = abortEvidence({ ...late, failedRanks, risk: 0.05 });
  expect(judged).toMatchObject({ at: { failed: 5, exposed: 1005 }, aborts: true });
  expect(abortEvidence({ ...oneWave, failedRanks, planned: 50 }).aborts).toBe(false);
});

test('a wave beyond the planned ones adds no evidence', () => {
  const plan = { ...oneWave, waves: 2, failedRanks: [11, 12] };
  const planned = abortEvidence({ ...plan, waveStarts: [5] });
  expect(abortEvidence({ ...plan, waveStarts: [5, 10] })).toEqual(planned);
});

test('at a limit of 0 two failures abort with a number that can be kept', () => {
  const judged = abortEvidence({
    ...oneWave,
    failedRanks: [40, 50],
    streams: fleetByPlatform(0, []),
  });
  expect(judged.aborts).toBe(true);
  expect(judged.evidence).toBeCloseTo(1e100, -87);
});

test('at a limit of 1 nothing aborts', () => {
  expect(
    abortEvidence({ ...oneWave, failedRanks: [1, 2, 3, 4], streams: fleetByPlatform(1, []) })
      .aborts,
  ).toBe(false);
});

test('of 20000 devices only the newest 200 restarts of the grid count', () => {
  const plan = { ...oneWave, planned: 20_000 };
  // With all restarts it would be 14.3475094.
  const failedRanks = [19_951, 19_952, 19_953, 19_954];
  expect(abortEvidence({ ...plan, failedRanks }).evidence).toBeCloseTo(14.3474855873, 7);
});

test('a fault that breaks devices in the middle of a million aborts', () => {
  const failedRanks = [...Array.from({ length: 100 }, (_, i) => 500_001 + i), 1_000_000];
  const judged = abortEvidence({ ...oneWave, planned: 1_000_000, failedRanks });
  expect(judged).toMatchObject({ at: { failed: 100, exposed: 500_100 }, aborts: true });
});
