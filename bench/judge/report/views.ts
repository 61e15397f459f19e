import type { Cell, Results, Row, TableName } from '../results.js';

/** A table as it is shown. */
export interface View {
  readonly title: string;
  readonly note: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

type Spell = (cell: Cell) => string;

/** `3.7 %`; smaller shares with another digit. */
const share: Spell = ({ aborted }) => {
  const percent = aborted * 100;
  return `${percent.toFixed(percent > 0 && percent < 1 ? 2 : 1)} %`;
};

const isSure = ({ aborted }: Cell) => aborted >= 0.995;

/** `6.1`: failing devices; with the share that is aborted where that is not all of them. */
const broken: Spell = (cell) =>
  `${(cell.failed ?? 0).toFixed(1)}${isSure(cell) ? '' : ` (${share(cell)})`}`;

const brokenAndMedian: Spell = (cell) =>
  `${broken(cell)}${cell.medianDevices === undefined ? '' : ` / ${cell.medianDevices}`}`;

const decided: Spell = (cell) =>
  `${((cell.accepted ?? 0) * 100).toFixed(2)} % / ${(cell.aborted * 100).toFixed(2)} % / ${(cell.devices ?? 0).toFixed(0)}`;

/** `27.1 ± 0.5`, with the standard error. */
const afterChange: Spell = (cell) => `${broken(cell)} ± ${(cell.failedError ?? 0).toFixed(1)}`;

interface Column {
  readonly head: string;
  /** Of the cell; of several, the first that the row has. */
  readonly names: readonly string[];
  readonly spell: Spell;
}

const column = (head: string, spell: Spell, ...names: readonly string[]): Column => ({
  head,
  spell,
  names: names.length > 0 ? names : [head],
});

const named = (row: Row) => (row.origin === 'ours' ? `**${row.judge}**` : row.judge);

const cellsOf = (row: Row, columns: readonly Column[]) =>
  columns.map(({ names, spell }) => {
    const cell = names.map((name) => row.cells[name]).find((found) => found !== undefined);
    return cell ? spell(cell) : '';
  });

interface Shown {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  /** What the settings of the rows are, if there are any. */
  readonly setting?: string;
}

function viewOf({ title, note, rows, columns, setting }: Shown): View {
  const heads = columns.map(({ head }) => head);
  const first = (row: Row) => (setting ? [named(row), row.setting ?? ''] : [named(row)]);
  return {
    title,
    note,
    head: ['judge', ...(setting ? [setting] : []), ...heads],
    rows: rows.map((row) => [...first(row), ...cellsOf(row, columns)]),
  };
}

const of = ({ rows }: Results, ...tables: readonly TableName[]) =>
  tables.flatMap((table) => rows.filter((row) => row.table === table));

/** Columns in the order in which the rows have them. */
const allColumns = (rows: readonly Row[], spell: Spell) =>
  [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))].map((name) => column(name, spell));

export const oneWaveView = (results: Results): View => {
  const exact = of(results, 'one wave');
  const names = new Set(exact.map(({ judge }) => judge));
  return viewOf({
    title: 'A. One wave of 1000 devices that answer at once, limit 5 %',
    note: 'Exact, but for the last two rows, which are simulated: with restarts every 50 devices, with the whole risk and as it ships. False aborts: at worst over limits of 2, 5 and 10 % and waves of 10 to 10,000 devices, of a release that fails on 2 %, and of one at the limit. Then, for releases that fail on 10 to 100 %: devices that have failed when it is aborted, or at the end, and by how many devices half of the aborts have come; in brackets the share aborted where that is not all.',
    rows: [...exact, ...of(results, 'restarts').filter(({ judge }) => !names.has(judge))],
    columns: [
      column('worst', share),
      column('2 %', share),
      column('5 %', share),
      ...['10 %', '20 %', '50 %', '100 %'].map((rate) => column(rate, brokenAndMedian)),
    ],
  });
};

export const limitView = (results: Results): View =>
  viewOf({
    title: 'A2. Our judge with one start, by limit and size of the wave',
    note: 'Exact. Good releases fail on 0.5, 2 and 5 % of devices at limits of 2, 5 and 10 %, bad ones on 10, 10 and 15 %.',
    rows: of(results, 'by limit'),
    setting: 'limit, devices',
    columns: [
      column('good', share),
      column('at the limit', share),
      ...['bad', '20 %', '50 %'].map((rate) => column(rate, broken)),
    ],
  });

export const promotionView = (results: Results): View =>
  viewOf({
    title: 'A3. Promoted / aborted / devices until then, of 10,000',
    note: 'Exact. The SPRT tests the limit against twice the limit: it decides sooner, and promotes nearly every release that is at the limit.',
    rows: of(results, 'promotion'),
    setting: 'limit',
    columns: ['good', 'at the limit', '1.5 times', 'twice'].map((name) => column(name, decided)),
  });

export const lateChangeView = (results: Results): View => {
  const rows = of(results, 'late change');
  return viewOf({
    title: 'A4. A fault that begins later: devices that fail after it',
    note: 'Simulated, limit 5 %, answers at once. The heads say how many devices come before the fault, of which 2 % fail, and how many fail of up to 1500 after it; the number behind ± is the standard error.',
    rows,
    columns: allColumns(rows, afterChange),
  });
};

export const signalsView = (results: Results): View => {
  const rows = of(results, 'signals');
  const devices: Spell = (cell) => (cell.devices ?? 0).toFixed(1);
  return viewOf({
    title: 'A5. Three signals that may each abort, limit 5 % each',
    note: 'Simulated, 1000 devices, one start: how often a release at the limit is aborted; then how many devices have started when a bad one is.',
    rows,
    columns: [
      column('all at the limit', share),
      column('component at 50 %', devices),
      column('all at 12 %', devices),
    ],
  });
};

const DELAYS: Readonly<Record<string, string>> = {
  same: 'failures are reported like successes, after 5 minutes',
  fastfail: 'failures are reported after 0.7 minutes',
  slowfail: 'failures are reported after 20 minutes',
  silent: 'half of the failures are never reported',
};

export const rolloutViews = (results: Results): View[] =>
  Object.entries(DELAYS).map(([setting, told]) =>
    viewOf({
      title: `B. Whole rollouts, ${told}`,
      note: 'Simulated: 10,000 devices in waves of 10, 50, 200, 1000 and all, 10 % of them offline, limit 5 %, a deadline of 30 minutes. Share that is aborted of releases that fail on 2 and on 5 %; devices broken by the others.',
      rows: of(results, 'rollouts').filter((row) => row.setting === setting),
      columns: [
        column('2 %', share),
        column('5 %', share),
        ...['10 %', '20 %', '50 %', '100 %', '2 %, then 30 %'].map((rate) => column(rate, broken)),
      ],
    }),
  );

const GOOD_RATES = ['0.5 % both', '2 % both', '5 % both', 'incident in both'];

export const controlsView = (results: Results): View => {
  const rows = of(results, 'controls');
  const bad = allColumns(rows, broken).filter(({ head }) => !GOOD_RATES.includes(head));
  return viewOf({
    title: 'C. Canaries against devices that have not been updated yet',
    note: 'Simulated: 1000 canaries, 9 controls of its own for each. Where canaries fail as often as controls, the share that is aborted; in the incident both fail on 2 %, from the 50th canary on on 25 %. Else devices broken.',
    rows,
    columns: [...GOOD_RATES.map((rate) => column(rate, share)), ...bad],
  });
};

export const sitesView = (results: Results): View => {
  const rows = of(results, 'sites');
  return viewOf({
    title: 'Sites whose devices fail together',
    note: 'Simulated: false aborts of a release that fails on 4 % of 1000 devices at a limit of 5 %, in 100 sites of 10. The correlation is that of any two devices of a site.',
    rows,
    setting: 'correlation',
    columns: allColumns(rows, share),
  });
};

export const platformsView = (results: Results): View => {
  const rows = of(results, 'platforms');
  const faults = allColumns(rows, broken).filter(({ head }) => head !== '5 %');
  return viewOf({
    title: 'Faults of one platform',
    note: 'Simulated: 1000 devices that answer at once, limit 5 %. The share that is aborted of releases that fail on 5 %; then devices broken where all platforms fail alike, and where only the last one does, the others on 1 %.',
    rows,
    setting: 'platforms',
    columns: [column('5 %', share), ...faults],
  });
};

/** All tables that there are numbers for. */
export const viewsOf = (results: Results): View[] =>
  [
    oneWaveView(results),
    limitView(results),
    promotionView(results),
    lateChangeView(results),
    signalsView(results),
    ...rolloutViews(results),
    controlsView(results),
    sitesView(results),
    platformsView(results),
  ].filter(({ rows }) => rows.length > 0);
