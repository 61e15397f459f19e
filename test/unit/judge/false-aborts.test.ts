import { expect, test } from '@jest/globals';
import { drawsOf } from '../../../bench/draws.js';
import { abortEvidence } from '../../../src/domain/judge/abort-evidence.js';
import { wholeFleet } from '../../../src/domain/judge/stream.js';

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
      streams: wholeFleet(0.05),
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
