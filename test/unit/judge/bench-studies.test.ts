import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RESULTS } from '../../../bench/judge/report/pages.js';
import { Results } from '../../../bench/judge/results.js';
import { drawBlocks, RATES } from '../../../bench/judge/controls/blocks.js';
import { CONTROLS_JUDGES } from '../../../bench/judge/controls/judges.js';
import { randomStream } from '../../../bench/judge/random.js';
import { keyOf, runStudyJob, studyRows } from '../../../bench/judge/studies.js';
import { addTallies, named } from '../../../bench/judge/study.js';
import type { ComparedLook } from '../../../src/domain/judge/comparison.js';
import { noEvidence } from '../../../src/domain/rollout-evidence.js';
import { signalEvidence } from '../../../src/domain/signal-evidence.js';
import { usualHealth } from '../../support/usual-strategy.js';

const seed = 1;

test('runs are the same whichever job they are in', () => {
  const scenario = { setting: '0.3', column: 'random' };
  const job = { table: 'sites', scenario, seed } as const;
  const [first, second] = [
    runStudyJob({ ...job, from: 0, to: 7 }),
    runStudyJob({ ...job, from: 7, to: 20 }),
  ];
  expect(addTallies(second, first)).toEqual(runStudyJob({ ...job, from: 0, to: 20 }));
});

test('failures that are reported first deceive whoever counts answers only', () => {
  const scenario = { setting: 'fastfail', column: '5 %' };
  const tallies = runStudyJob({ table: 'rollouts', scenario, from: 0, to: 8, seed });
  const aborted = (judge: string) => tallies[judge]?.aborted;
  expect(aborted('evidence, answers only')).toBe(8);
  expect(aborted('binomial, every answer')).toBe(8);
  expect(aborted('Greenwave')).toBeLessThanOrEqual(1);
});

test('devices that are never heard of are broken all the same', () => {
  const scenario = { setting: 'silent', column: '100 %' };
  const { Greenwave } = runStudyJob({ table: 'rollouts', scenario, from: 0, to: 20, seed });
  expect(Greenwave).toMatchObject({ runs: 20, aborted: 20 });
  // Of 300 rollouts of an independent implementation: 7.1 in the mean.
  expect((Greenwave?.failed ?? 0) / 20).toBeGreaterThan(5.5);
  expect((Greenwave?.failed ?? 0) / 20).toBeLessThan(9);
});

test('an incident that hits canaries and controls alike stops those who look at canaries only', () => {
  const scenario = { column: 'incident in both' };
  const tallies = runStudyJob({ table: 'controls', scenario, from: 0, to: 4, seed });
  const aborted = (judge: string) => tallies[judge]?.aborted;
  expect(aborted('AWS IoT 10 %, min 10')).toBe(4);
  expect(aborted('Greenwave')).toBe(0);
});

test.each(['20 % to 2 %', '50 % to 2 %'])(
  'UNHEALTHY devices, %s, are judged as the pipeline does',
  (column) => {
    const shipped = CONTROLS_JUDGES.find(({ name }) => name === 'Greenwave')?.watch();
    const looks: ComparedLook[] = [];
    const health: number[] = [];
    let isAborted = false;
    drawBlocks(randomStream(2), named(RATES, column)).forEach(
      ({ canaryFailed, controlsFailed }, rank) => {
        if (isAborted) return;
        const failed = controlsFailed.filter(Boolean).length;
        if (canaryFailed) health.push(rank);
        const canariesFailed = Number(canaryFailed);
        if (canariesFailed + failed > 0)
          looks.push({ canaries: 1, canariesFailed, controls: 9, controlsFailed: failed });
        const counts = { canaries: rank + 1, failed: 0, controls: 0, controlsFailed: 0 };
        isAborted = shipped?.({ canaryFailed, controlsFailed }, counts) ?? false;
        const found = signalEvidence({
          file: { strategy: { health: usualHealth } },
          ranked: 10_000,
          waves: [1],
          platforms: [{ platform: 'linux/amd64', devices: 10_000 }],
          evidence: {
            ...noEvidence,
            failedRanks: { ...noEvidence.failedRanks, health },
            compared: { ...noEvidence.compared, health: { ranks: health, controls: [], looks } },
          },
        }).find(({ signal }) => signal === 'health');
        expect(found?.aborts).toBe(isAborted);
      },
    );
    expect(isAborted).toBe(true);
  },
);

test('the results below docs are those of the seed', () => {
  const { rows, runs } = Results.parse(JSON.parse(readFileSync(RESULTS, 'utf8')));
  const scenario = { column: '50 %' };
  const table = 'restarts';
  const tallies = runStudyJob({ table, scenario, from: 0, to: 20 * runs, seed });
  const again = studyRows(new Map([[keyOf(table, scenario), tallies]]));
  const kept = rows.filter((row) => row.table === table);
  expect(again.map(({ cells }) => cells['50 %'])).toEqual(kept.map(({ cells }) => cells['50 %']));
});
