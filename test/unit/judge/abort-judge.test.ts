import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { AbortJudge } from '../../../src/domain/judge/abort-judge.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';

const plan = { planned: 400, waves: 3, risk: 0.05, streams: fleetByPlatform(0.05, []) };
const WAVE_STARTS = [0, 10, 100];

/** Starts devices up to a rank, and the waves that begin on the way. */
function exposeUpTo(judge: AbortJudge, from: number, to: number) {
  for (let exposed = from; exposed < to; exposed += 1) {
    if (WAVE_STARTS.includes(exposed)) judge.beginWave();
    judge.expose();
  }
}

const failures = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 40 });

test('devices that start and answers that come in between change nothing for the same start order', () => {
  fc.assert(
    fc.property(failures, fc.array(fc.nat({ max: 400 }), { maxLength: 40 }), (failed, delays) => {
      // Each failure is told once so many devices have started: its own, or later ones too.
      const told = failed
        .map((rank, i) => ({ rank, at: Math.min(400, rank + (delays[i] ?? 0)) }))
        .sort((one, other) => one.at - other.at);
      const judge = new AbortJudge(plan);
      let exposed = 0;
      for (const { rank, at } of told) {
        exposeUpTo(judge, exposed, at);
        exposed = at;
        judge.fail(rank);
      }
      const batch = abortEvidence({ ...plan, failedRanks: failed, waveStarts: [10, 100] });
      expect(judge.score.evidence / batch.evidence).toBeCloseTo(1, 9);
      expect(judge.score.at).toEqual(batch.at);
    }),
  );
});

test('a device that starts, or a wave that begins, leaves the evidence as it is', () => {
  fc.assert(
    fc.property(failures, (failed) => {
      const judge = new AbortJudge(plan);
      exposeUpTo(judge, 0, 50);
      failed.filter((rank) => rank <= 50).forEach((rank) => judge.fail(rank));
      const before = judge.score;
      exposeUpTo(judge, 50, 300);
      expect(judge.score).toEqual(before);
    }),
  );
});

test('each failure leaves the evidence as it is or raises it', () => {
  fc.assert(
    fc.property(failures, (failed) => {
      const judge = new AbortJudge(plan);
      exposeUpTo(judge, 0, 400);
      let evidence = 1;
      for (const rank of failed) {
        const next = judge.fail(rank).evidence;
        expect(next).toBeGreaterThanOrEqual(evidence);
        evidence = next;
      }
    }),
  );
});

test('the same failure told twice counts once', () => {
  const judge = new AbortJudge(plan);
  exposeUpTo(judge, 0, 10);
  judge.fail(3);
  const once = judge.fail(5);
  expect(judge.fail(5)).toEqual(once);
});

test('a device that fails by two signals is one device', () => {
  const signals = ['deployment', 'health'].map((signal) => ({
    ...{ name: signal, signal },
    ...{ weight: 0.5, limit: 0.01 },
  }));
  const judge = new AbortJudge({ planned: 20, waves: 1, risk: 0.05, streams: signals });
  exposeUpTo(judge, 0, 5);
  judge.fail(1, 'deployment');
  expect(judge.fail(1, 'health').evidence).toBe(1);
  expect(judge.fail(2, 'health')).toMatchObject({
    at: { failed: 2, exposed: 2 },
    by: { stream: 'health', failed: 2 },
  });
});

test('a failure of a signal that no stream counts is no evidence', () => {
  const streams = [{ name: 'health', signal: 'health', weight: 1, limit: 0.05 }];
  const judge = new AbortJudge({ ...plan, streams });
  exposeUpTo(judge, 0, 2);
  judge.fail(1, 'other');
  expect(judge.fail(2, 'other').evidence).toBe(1);
});

const byPlatform = fleetByPlatform(0.05, ['linux/aarch64', 'linux/amd64']);
const platformOf = (rank: number) => (rank % 10 === 0 ? 'linux/amd64' : 'linux/aarch64');

test('a fault of one platform in ten shows in its own stream, and sooner', () => {
  const failedRanks = [10, 20, 30, 40, 50];
  const rollout = { ...plan, failedRanks, waveStarts: [10, 100] };
  const together = abortEvidence(rollout);
  const apart = abortEvidence({
    ...rollout,
    streams: byPlatform,
    stratumOf: platformOf,
  });
  expect(together.evidence).toBeLessThan(4);
  expect(apart).toMatchObject({
    at: { failed: 5, exposed: 50 },
    by: { stream: 'linux/amd64', failed: 5, devices: 5 },
    aborts: true,
  });
});

test('the shares of all platforms and of the whole fleet add up to 1; one platform has no share of its own', () => {
  for (const platforms of [2, 3, 7]) {
    const names = Array.from({ length: platforms }, (_, i) => String(i));
    const shares = fleetByPlatform(0.05, names).map(({ weight }) => weight);
    expect(shares).toHaveLength(platforms + 1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  }
  expect(fleetByPlatform(0.05, ['linux/amd64'])).toEqual([{ name: 'all', weight: 1, limit: 0.05 }]);
});

const ofPlatforms = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 40 });

test('by platform too, another failure never lowers the evidence, and their order does not matter', () => {
  fc.assert(
    fc.property(ofPlatforms, fc.integer({ min: 1, max: 400 }), (failedRanks, more) => {
      const rollout = {
        ...plan,
        streams: byPlatform,
        stratumOf: platformOf,
        waveStarts: [10, 100],
      };
      const { evidence } = abortEvidence({ ...rollout, failedRanks });
      const reversed = abortEvidence({ ...rollout, failedRanks: failedRanks.toReversed() });
      expect(reversed.evidence).toBe(evidence);
      const after = abortEvidence({ ...rollout, failedRanks: [...failedRanks, more] });
      expect(after.evidence).toBeGreaterThanOrEqual(evidence * (1 - 1e-9));
    }),
    { seed: 1 },
  );
});

test('a million devices with failures at both ends leave a number', () => {
  const judge = new AbortJudge({ ...plan, planned: 1_000_000, waves: 1 });
  for (let exposed = 0; exposed < 1_000_000; exposed += 1) judge.expose();
  for (let rank = 1; rank <= 100; rank += 1) judge.fail(rank);
  for (let rank = 999_001; rank <= 1_000_000; rank += 1) judge.fail(rank);
  expect(judge.score.evidence).toBeGreaterThan(1e90);
  expect(Number.isFinite(judge.score.evidence)).toBe(true);
});
