import { count } from '../../cli/output.js';
import { ALPHA } from './origin.js';
import { TableName } from './results.js';
import type { Cell, Claim, Row } from './results.js';

/** Columns in which nothing is wrong with the release: every abort there is a false one. */
const GOOD: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  'one wave': ['worst'],
  restarts: ['2 %', '5 %'],
  rollouts: ['2 %', '5 %'],
  controls: ['0.5 % both', '2 % both', '5 % both', 'incident in both'],
  sites: ['random', 'in turn'],
  platforms: ['5 %'],
};

/** Columns with a clear fault: 20 % and more. */
const CLEAR: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  'one wave': ['20 %', '50 %', '100 %'],
  controls: ['20 % to 2 %', '50 % to 2 %', '100 % to 2 %'],
};

/** As many standard errors as a simulated share may be over alpha before it counts as over. */
const NOISE = 2;

/** So much of what we break must another judge break, or it is better than ours. */
const FEWEST_BESIDE_OURS = 0.9;
const SURELY = 0.99;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const errorOf = ({ aborted, runs }: Cell) =>
  runs === undefined ? 0 : Math.sqrt((aborted * (1 - aborted)) / runs);

const spell = (cell: Cell) =>
  cell.runs === undefined
    ? percent(cell.aborted)
    : `${percent(cell.aborted)} ± ${(errorOf(cell) * 100).toFixed(1)}`;

const cellsAt = (row: Row, columns: readonly string[] = []) =>
  columns.flatMap((column) => {
    const cell = row.cells[column];
    const where = [row.judge, row.setting, column].filter(Boolean).join(', ');
    return cell ? [{ column, cell, where }] : [];
  });

/** Ours as it ships, or with the whole risk on one signal: what is wanted is wanted of both. */
const isOurs = ({ origin }: Row) => origin === 'ours' || origin === 'whole';

/** The largest share of false aborts of our judges in a table. */
function falseAborts(rows: readonly Row[], table: TableName): Claim[] {
  const ofTable = rows.filter((row) => row.table === table && isOurs(row));
  const found = ofTable
    .flatMap((row) => cellsAt(row, GOOD[table]))
    .toSorted((one, other) => other.cell.aborted - one.cell.aborted);
  const [worst] = found;
  if (!worst) return [];
  return [
    {
      kind: 'false aborts',
      claim: `false aborts at most ${percent(ALPHA)}: ${table}`,
      found: `${spell(worst.cell)} at worst (${worst.where}; ${count(found.length, 'case')})`,
      isMet: worst.cell.aborted <= ALPHA,
    },
  ];
}

/** Whether a judge keeps to alpha wherever the table has a good release; in doubt it does. */
const holdsAlpha = (row: Row) =>
  cellsAt(row, GOOD[row.table]).every(({ cell }) => cell.aborted - NOISE * errorOf(cell) <= ALPHA);

/** The judge of somebody else that breaks the fewest devices in a column, of those that hold alpha and abort surely. */
function bestOther(rows: readonly Row[], column: string) {
  const [best] = rows
    .filter((row) => row.origin === 'other' && holdsAlpha(row))
    .flatMap(({ judge, cells }) => {
      const { aborted = 0, failed } = cells[column] ?? {};
      return aborted >= SURELY && failed !== undefined ? [{ judge, failed }] : [];
    })
    .toSorted((one, other) => one.failed - other.failed);
  return best;
}

/** Whether another judge breaks over 10 % fewer devices than one of ours. */
function fewestBroken(ours: Row, others: readonly Row[], table: TableName): Claim[] {
  return (CLEAR[table] ?? []).flatMap((column) => {
    const { failed } = ours.cells[column] ?? {};
    const best = bestOther(others, column);
    if (failed === undefined || !best) return [];
    return [
      {
        kind: 'devices broken',
        claim: `no other breaks over 10 % fewer: ${table}, ${column}, ${ours.judge}`,
        found: `${failed.toFixed(1)} to ${best.failed.toFixed(1)} (${best.judge})`,
        isMet: best.failed >= FEWEST_BESIDE_OURS * failed,
      },
    ];
  });
}

/** All that is wanted of our judge, as far as the tables are there. */
export function claimsOf(rows: readonly Row[]): Claim[] {
  const ofTable = (table: TableName) => rows.filter((row) => row.table === table);
  const oneWave = ofTable('one wave');
  const exact = new Set(oneWave.map(({ judge }) => judge));
  const simulated = ofTable('restarts').filter(({ judge }) => !exact.has(judge));
  return [
    ...TableName.options.flatMap((table) => falseAborts(rows, table)),
    ...[...oneWave, ...simulated]
      .filter(isOurs)
      .flatMap((ours) => fewestBroken(ours, oneWave, 'one wave')),
    ...ofTable('controls')
      .filter(isOurs)
      .flatMap((ours) => fewestBroken(ours, ofTable('controls'), 'controls')),
  ];
}
