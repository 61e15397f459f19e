import { expect, test } from '@jest/globals';
import { drawsOf } from '../../../bench/draws.js';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { fleetByPlatform } from '../../../src/domain/judge/stream.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { strongestEvidence } from '../../../src/domain/signal-evidence.js';
import { usualHealth as health } from '../../support/usual-strategy.js';

/** The share of rollouts to 200 devices that are aborted; the evidence at the end is the largest of all looks. */
function abortedShare(failureRate: number, rollouts: number): number {
  const random = drawsOf(20260105);
  const aborted = Array.from({ length: rollouts }, () => {
    const failedRanks = Array.from({ length: 200 }, (_, i) => i + 1).filter(
      () => random() < failureRate,
    );
    const plan = {
      waveStarts: [5, 20, 100],
      planned: 200,
      waves: 4,
      streams: fleetByPlatform(0.05, []),
      risk: 0.05,
    };
    return abortEvidence({ failedRanks, ...plan }).aborts;
  }).filter(Boolean).length;
  return aborted / rollouts;
}

// Over 2000 rollouts the standard error at 5 % is 0.5 %.
test('a release that fails as often as its limit is aborted in less than the stated 5 % of rollouts', () => {
  expect(abortedShare(0.05, 2000)).toBeLessThan(0.04);
});

test('a release well within its limit is aborted in less than 1 % of rollouts', () => {
  expect(abortedShare(0.02, 1000)).toBeLessThan(0.01);
});

test('a release that fails four times as often as its limit is aborted in more than 95 % of rollouts', () => {
  expect(abortedShare(0.2, 300)).toBeGreaterThan(0.95);
});

/** Whether three signals, each told which of 200 ranks failed by it, abort. */
function abortsBy(
  deployment: number[],
  unhealthy: number[],
  component: number[],
  platforms = [{ platform: 'linux/amd64', devices: 200 }],
): boolean {
  return strongestEvidence({
    file: { strategy: { health } },
    evidence: {
      ...noEvidence,
      waveStarts: [5, 20, 100],
      failedRanks: { deployment, health: unhealthy, component },
    },
    ranked: 200,
    platforms,
    waves: [5, 20, 100, 200],
  }).aborts;
}

const ranksWhere = (holds: (rank: number) => boolean) =>
  Array.from({ length: 200 }, (_, rank) => rank).filter(holds);

/** The share of 1000 rollouts that three signals abort. */
function abortedByAny(ranksOf: (random: () => number) => number[]): number {
  const random = drawsOf(20260107);
  const runs = 1000;
  const aborted = Array.from({ length: runs }, () =>
    abortsBy(ranksOf(random), ranksOf(random), ranksOf(random)),
  ).filter(Boolean).length;
  return aborted / runs;
}

// The standard error at 5 % is 0.7 %.
test('three signals, each at the limit, abort fewer than the stated 5 % of rollouts together', () => {
  expect(abortedByAny((random) => ranksWhere(() => random() < 0.05))).toBeLessThan(0.05);
});

test('with three platforms, each of which may abort as well, they abort no more', () => {
  const platforms = ['linux/aarch64', 'linux/amd64', 'linux/armv7l'].map((platform, i) => ({
    platform,
    devices: [100, 60, 40][i] ?? 0,
  }));
  const random = drawsOf(20260109);
  const ranks = () => ranksWhere(() => random() < 0.05);
  const aborted = Array.from({ length: 1000 }, () =>
    abortsBy(ranks(), ranks(), ranks(), platforms),
  ).filter(Boolean).length;
  expect(aborted / 1000).toBeLessThan(0.05);
});

test('with 10 % of the devices offline they abort no more', () => {
  const failedOnline = (random: () => number) =>
    ranksWhere(() => random() >= 0.1 && random() < 0.05);
  expect(abortedByAny(failedOnline)).toBeLessThan(0.05);
});

test('with sites of ten that fail together, in random order, they abort no more', () => {
  const failedBySite = (random: () => number) => {
    // Two of 20 sites fail on 40 %, the others on 1.1 %: 5 % of the fleet.
    const siteRates = Array.from({ length: 20 }, (_, site) => (site < 2 ? 0.4 : 0.0111));
    const sites = Array.from({ length: 200 }, (_, i) => ({ site: i % 20, at: random() }));
    const order = sites.toSorted((one, other) => one.at - other.at);
    return ranksWhere((rank) => random() < (siteRates[order[rank]?.site ?? 0] ?? 0));
  };
  expect(abortedByAny(failedBySite)).toBeLessThan(0.05);
});

test('a release that is UNHEALTHY on half of its devices is aborted in more than 99 % of rollouts', () => {
  const random = drawsOf(20260108);
  const aborted = Array.from({ length: 200 }, () =>
    abortsBy(
      [],
      ranksWhere(() => random() < 0.5),
      [],
    ),
  ).filter(Boolean).length;
  expect(aborted).toBeGreaterThan(198);
});
