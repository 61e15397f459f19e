import { expect, test } from '@jest/globals';
import { drawsOf } from '../../../bench/draws.js';
import { ComparisonJudge } from '../../../bench/judge/controls/comparison-judge.js';
import type { Tolerance } from '../../../bench/judge/controls/two-sample.js';

const noWorse = { ratio: 1, difference: 0 };
type Outcome = readonly [canaryFailed: 0 | 1, controlsFailed: number];

function scoresOf(outcomes: readonly Outcome[], tolerance: Tolerance, controls = 9) {
  const judge = new ComparisonJudge(tolerance);
  return outcomes.map(([canary, controlsFailed]) =>
    judge.add({ hasFailed: canary === 1, controls, controlsFailed }),
  );
}

// Computed by another implementation of the published formulas, in another program.
test('three canaries that fail beside 27 controls that do not are evidence of 3375', () => {
  const scores = scoresOf(
    [
      [1, 0],
      [1, 0],
      [1, 0],
    ],
    noWorse,
  );
  expect(scores.map(({ evidence }) => Math.round(evidence * 10) / 10)).toEqual([11.5, 183, 3375.3]);
  expect(scores.at(-1)?.at).toEqual({ failed: 3, canaries: 3, controlsFailed: 0, controls: 27 });
});

test.each([
  [0.02, [9.9, 133.1, 2043.3]],
  [0.05, [7.8, 80.2, 930.1]],
  [0.1, [5.5, 37, 276.6]],
])('the more a canary may do worse, by %d, the less a failure says', (difference, evidence) => {
  const all: Outcome[] = [
    [1, 0],
    [1, 0],
    [1, 0],
  ];
  const scores = scoresOf(all, { ratio: 1, difference });
  expect(scores.map((score) => Math.round(score.evidence * 10) / 10)).toEqual(evidence);
});

test('what happens to canaries and controls alike is no evidence', () => {
  const incident = Array.from({ length: 100 }, (): Outcome => [1, 9]);
  expect(scoresOf(incident, noWorse).at(-1)).toMatchObject({ evidence: 1, at: { canaries: 0 } });
});

test('a failing control takes evidence back, and the largest so far stays', () => {
  const judge = new ComparisonJudge(noWorse);
  const failed = judge.add({ hasFailed: true, controls: 9, controlsFailed: 0 });
  expect(judge.add({ hasFailed: false, controls: 9, controlsFailed: 3 })).toEqual(failed);
  const again = judge.add({ hasFailed: true, controls: 9, controlsFailed: 0 });
  expect(again).toEqual(failed);
});

test('a canary without controls says nothing', () => {
  const judge = new ComparisonJudge(noWorse);
  judge.add({ hasFailed: true, controls: 0, controlsFailed: 0 });
  expect(judge.score.evidence).toBe(1);
});

test('canaries that fail as often as their controls seldom reach 20, whatever that rate is', () => {
  const random = drawsOf(20260105);
  const isFailure = (rate: number) => random() < rate;
  const reached = Array.from({ length: 200 }, (_, run) => {
    const judge = new ComparisonJudge(noWorse);
    for (let canary = 0; canary < 100; canary += 1) {
      // Quiet at first, then an incident.
      const rate = canary < 50 ? 0.02 + run / 4000 : 0.25;
      const controlsFailed = Array.from({ length: 9 }, () => isFailure(rate)).filter(
        Boolean,
      ).length;
      judge.add({ hasFailed: isFailure(rate), controls: 9, controlsFailed });
    }
    return judge.score.evidence >= 20;
  }).filter(Boolean).length;
  // 10 of 200 would be 5 %.
  expect(reached).toBeLessThanOrEqual(10);
});
