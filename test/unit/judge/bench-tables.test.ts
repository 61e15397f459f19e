import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { OBRIEN_FLEMING } from '../../../bench/judge/comparators/tails.js';
import { CALIBRATED, ONE_WAVE_JUDGES } from '../../../bench/judge/one-wave/judges.js';
import { crossing } from '../../../bench/judge/one-wave/crossing.js';
import { limitTable, oneWaveTable, promotionTable } from '../../../bench/judge/one-wave/tables.js';
import { RESULTS } from '../../../bench/judge/report/pages.js';
import { Results } from '../../../bench/judge/results.js';
import type { Row } from '../../../bench/judge/results.js';

const kept = (table: string) =>
  Results.parse(JSON.parse(readFileSync(RESULTS, 'utf8'))).rows.filter(
    (row) => row.table === table,
  );
const oneWave = kept('one wave');
const byLimit = limitTable();
const promotion = promotionTable();

const rowOf = (rows: readonly Row[], judge: string, setting?: string) => {
  const row = rows.find((one) => one.judge === judge && one.setting === setting);
  if (!row) throw new Error(`no row ${judge}`);
  return row;
};

// The literals of this file: an independent implementation of the same scenarios.
test.each([
  ['AWS IoT at the limit, min 10', [0.988, 0.4, 0.9451], '1.6 2.1 5.0 10.0'],
  ['AWS IoT 10 %, min 10', [0.988, 0.2, 0.5], '7.8 2.3 5.0 10.0'],
  ['AWS IoT 20 %, min 10', [0.336, 0.017, 0.0973], '66.8 15.0 5.0 10.0'],
  ['AWS IoT 20 %, min 100', [0.003, 0, 0], '99.8 51.0 50.0 100.0'],
  ['hawkBit 10 %', [0.492, 0, 0], '96.7 101.0 101.0 101.0'],
  ['binomial, every device', [0.426, 0.0293, 0.3026], '7.1 2.8 1.6 1.0'],
  ['binomial, once at the end', [0.049, 0, 0.0384], '100.0 200.0 500.0 1000.0'],
  ['Bonferroni, every device', [0.006, 0, 0.0008], '36.5 11.7 5.5 4.0'],
  ['Bonferroni, 10 looks', [0.022, 0, 0.0179], '24.6 20.3 50.0 100.0'],
  ["O'Brien-Fleming, 5 looks", [0.048, 0, 0.0464], '40.1 40.1 100.0 200.0'],
  ["O'Brien-Fleming, 10 looks", [0.049, 0, 0.0394], '35.1 33.1 50.0 100.0'],
  ['SPRT against twice the limit', [0.04, 0.0001, 0.0395], '12.6 6.6 5.1 5.0'],
  ['SPRT against 50 %', [0.03, 0.0026, 0.0186], '0.6 1.4 2.2 2.0'],
  ['uniform mixture', [0.03, 0.0015, 0.0189], '25.9 6.5 2.7 2.0'],
  ['Greenwave, one start, at 20', [0.034, 0.0016, 0.023], '22.9 6.1 2.7 2.0'],
])('%s: false aborts %p, devices broken %s', (judge, falseAborts, broken) => {
  const { cells } = rowOf(oneWave, judge);
  ['worst', '2 %', '5 %'].forEach((column, i) => {
    // The literals are rounded, to three digits behind the point the first.
    const half = i === 0 ? 0.0005 : 0.0001;
    expect(Math.abs((cells[column]?.aborted ?? NaN) - (falseAborts[i] ?? NaN))).toBeLessThan(half);
  });
  expect(
    ['10 %', '20 %', '50 %', '100 %'].map((rate) => cells[rate]?.failed?.toFixed(1)).join(' '),
  ).toBe(broken);
});

test.each([
  ['AWS IoT 20 %, min 10', '10 %', 0.336, 10],
  ['hawkBit 10 %', '10 %', 0.473, 940],
  ['binomial, every device', '10 %', 1, 44],
  ['SPRT against twice the limit', '10 %', 0.902, 102],
  ['SPRT against 50 %', '50 %', 0.927, 3],
  ['Greenwave, one start, at 20', '10 %', 0.998, 191],
  ['Greenwave, one start, at 20', '20 %', 1, 24],
])('%s, %s: aborts %d, half of them by device %d', (judge, rate, aborted, medianDevices) => {
  const cell = rowOf(oneWave, judge).cells[rate];
  expect(cell?.aborted.toFixed(3)).toBe(aborted.toFixed(3));
  expect(cell?.medianDevices).toBe(medianDevices);
});

test.each([
  ['2 %, 10', '0.0004 0.0060 0.9 1.6 2.1'],
  ['2 %, 1000', '0.0004 0.0153 5.6 3.1 2.1'],
  ['5 %, 200', '0.0016 0.0207 14.3 6.1 2.7'],
  ['10 %, 50', '0.0036 0.0255 6.9 8.0 3.8'],
  ['10 %, 10000', '0.0036 0.0340 57.7 19.2 3.8'],
])('our judge at a limit and a number of devices: %s', (setting, expected) => {
  const { cells } = rowOf(byLimit, 'Greenwave, one start, at 20', setting);
  const falseAborts = ['good', 'at the limit'].map((column) => cells[column]?.aborted.toFixed(4));
  const broken = ['bad', '20 %', '50 %'].map((column) => cells[column]?.failed?.toFixed(1));
  expect([...falseAborts, ...broken].join(' ')).toBe(expected);
});

test.each([
  ['Greenwave, one start, at 20', '2 %', '0.9996 412, 0.0448 9431, 0.0036 2629, 0.0005 671'],
  ['SPRT against twice the limit', '2 %', '1.0000 133, 0.9604 323, 0.5075 494, 0.1000 328'],
  ['Greenwave, one start, at 20', '5 %', '0.9984 287, 0.0461 9325, 0.0034 906, 0.0004 229'],
  ['SPRT against twice the limit', '5 %', '0.9999 58, 0.9605 124, 0.5093 190, 0.0983 126'],
])('%s at a limit of %s promotes after so many devices: %s', (judge, setting, expected) => {
  const { cells } = rowOf(promotion, judge, setting);
  const spelt = ['good', 'at the limit', '1.5 times', 'twice'].map((column) => {
    const { accepted = 0, devices = 0 } = cells[column] ?? {};
    return `${accepted.toFixed(4)} ${devices.toFixed(0)}`;
  });
  expect(spelt.join(', ')).toBe(expected);
});

test('a threshold calibrated for 1000 devices saves some of them', () => {
  const boundary = CALIBRATED.boundary(0.05, 1000);
  const ends = [0.02, 0.05, 0.1, 0.2, 0.5].map((rate) => crossing(boundary, rate));
  const [good, atLimit] = ends.map(({ aborted }) => aborted);
  expect(good?.toFixed(4)).toBe('0.0031');
  // Of 1 / 0.05 as the threshold it is 0.0230.
  expect(atLimit).toBeGreaterThan(0.044);
  expect(atLimit).toBeLessThanOrEqual(0.05);
  const broken = ends.slice(2).map(({ failed }) => failed);
  [18.3, 4.9, 2.4].forEach((failed, i) => expect(broken[i]).toBeCloseTo(failed, 0));
});

test('the exact results below docs are those that are computed here', () => {
  expect(kept('by limit')).toEqual(byLimit);
  expect(kept('promotion')).toEqual(promotion);
  // Of the many judges of the other table one of each kind: all of them take seconds.
  const some = ONE_WAVE_JUDGES.filter(({ name }) =>
    [
      'hawkBit 10 %',
      'Bonferroni, 10 looks',
      'SPRT against 50 %',
      'Greenwave, one start, at 20',
    ].includes(name),
  );
  expect(some).toHaveLength(4);
  for (const row of oneWaveTable(some)) expect(oneWave).toContainEqual(row);
});

/** How probable the sum of so many normal steps is to be ever over a bound: by sums over cells that end at the bound. */
function everOver(steps: number, bound: number): number {
  const width = bound / 80;
  const places = Array.from({ length: 320 }, (_, i) => bound - (i + 0.5) * width);
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let within = places.map(density);
  for (let step = 1; step < steps; step += 1) {
    within = places.map((to) =>
      within.reduce((sum, mass, i) => sum + mass * density(to - (places[i] ?? 0)) * width, 0),
    );
  }
  return 1 - within.reduce((sum, mass) => sum + mass * width, 0);
}

test.each([5, 10] as const)("O'Brien and Fleming's bounds of %d looks err in 5 %%", (looks) => {
  const bound = OBRIEN_FLEMING[looks] * Math.sqrt(looks);
  expect(everOver(looks, bound)).toBeCloseTo(0.05, 4);
});
