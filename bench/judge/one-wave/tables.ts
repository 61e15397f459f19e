import { lnPromoteEvidence } from '../../../src/domain/judge/evidence.js';
import { ALPHA } from '../origin.js';
import { rounded } from '../results.js';
import type { Cell, Row } from '../results.js';
import { accepting } from './boundary.js';
import type { Boundary } from './boundary.js';
import { crossing } from './crossing.js';
import { ourBoundary, sprt } from './judges.js';
import type { OneWaveJudge } from './judges.js';

/** Tolerated failure rate, what a good release has, and what a bad one may have. */
const LIMITS = [
  { limit: 0.02, good: 0.005, bad: 0.1 },
  { limit: 0.05, good: 0.02, bad: 0.1 },
  { limit: 0.1, good: 0.05, bad: 0.15 },
] as const;
const SIZES = [10, 50, 200, 1000, 10_000] as const;

const percent = (rate: number) => `${rounded(rate * 100, 1)} %`;

function cellOf(boundary: Boundary, rate: number): Cell {
  const { aborted, accepted, failed, devices, medianDevices } = crossing(boundary, rate);
  return {
    aborted: rounded(aborted, 6),
    ...(accepted > 0 && { accepted: rounded(accepted, 6) }),
    failed: rounded(failed, 3),
    devices: rounded(devices, 2),
    ...(medianDevices !== undefined && { medianDevices }),
  };
}

const cellsOf = (boundary: Boundary, rates: Readonly<Record<string, number>>): Row['cells'] =>
  Object.fromEntries(
    Object.entries(rates).map(([column, rate]) => [column, cellOf(boundary, rate)]),
  );

const RATES = Object.fromEntries(
  [0.02, 0.05, 0.1, 0.2, 0.5, 1].map((rate) => [percent(rate), rate]),
);

/** Table A1: one wave of 1000 devices at a limit of 5 %; the worst false abort is over all limits and sizes. */
export const oneWaveTable = (judges: readonly OneWaveJudge[]): Row[] =>
  judges.map(({ name, origin, boundary }) => {
    const atLimit = LIMITS.flatMap(({ limit }) =>
      SIZES.map((devices) => crossing(boundary(limit, devices), limit).aborted),
    );
    const worst = { aborted: rounded(Math.max(...atLimit), 6) };
    const cells = cellsOf(boundary(0.05, 1000), RATES);
    return { table: 'one wave', judge: name, origin, cells: { worst, ...cells } };
  });

/** Table A2: our judge by limit and size of the wave. */
export const limitTable = (): Row[] =>
  LIMITS.flatMap(({ limit, good, bad }) =>
    SIZES.map((devices) => ({
      table: 'by limit',
      judge: 'Greenwave, one start, at 20',
      origin: 'whole',
      setting: `${percent(limit)}, ${devices}`,
      cells: cellsOf(ourBoundary(limit, devices), {
        good,
        'at the limit': limit,
        bad,
        '20 %': 0.2,
        '50 %': 0.5,
      }),
    })),
  );

/** Aborting and promoting by evidence at the same limit. */
function byEvidence(limit: number, devices: number): Boundary {
  return accepting(
    ourBoundary(limit, devices),
    (k, n) => lnPromoteEvidence(k, n, limit) >= -Math.log(ALPHA),
  );
}

const DECIDING = [
  { judge: 'Greenwave, one start, at 20', origin: 'whole', boundary: byEvidence },
  { judge: 'SPRT against twice the limit', origin: 'other', boundary: sprt((limit) => 2 * limit) },
] as const;

/** Table A3: what is promoted and what is aborted, of 10,000 devices. */
export const promotionTable = (): Row[] =>
  LIMITS.flatMap(({ limit, good }) =>
    DECIDING.map(({ judge, origin, boundary }) => ({
      table: 'promotion',
      judge,
      origin,
      setting: percent(limit),
      cells: cellsOf(boundary(limit, 10_000), {
        good,
        'at the limit': limit,
        '1.5 times': 1.5 * limit,
        twice: 2 * limit,
      }),
    })),
  );
