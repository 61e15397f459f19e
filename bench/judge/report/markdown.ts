import type { Results, Row } from '../results.js';
import { exampleTable, failuresTable, proofTable } from './explained.js';
import { CLAIM_HEAD, claimRow } from './text.js';
import { viewsOf } from './views.js';
import type { View } from './views.js';

const rowOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const tableOf = ({ head, rows }: Pick<View, 'head' | 'rows'>): string =>
  [rowOf(head), rowOf(head.map(() => '---')), ...rows.map(rowOf)].join('\n');

/** All tables as a page. */
export const tablesPage = (results: Results): string =>
  [
    '# The judge beside others: all tables',
    `Written by \`npm run bench -- judge\` from ${results.runs} simulated rollouts for each number, more where it is quick or where false aborts are counted. [The judge](../judge.md) tells what it is about.`,
    ...viewsOf(results).flatMap((view) => [`## ${view.title}`, view.note, tableOf(view)]),
  ].join('\n\n');

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const range = (numbers: readonly number[]) => {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)].map((number) =>
    number.toFixed(number < 100 ? 1 : 0),
  );
  return low === high ? `${low}` : `${low} to ${high}`;
};

/** Over all delays: the largest share of false aborts, and devices broken from the best to the worst case. */
function summaryRow(judge: string, rows: readonly Row[]): string[] {
  const cells = (column: string) => rows.flatMap((row) => row.cells[column] ?? []);
  const broken = (column: string) => {
    const isSure = cells(column).every(({ aborted }) => aborted >= 0.99);
    return `${range(cells(column).map(({ failed = 0 }) => failed))}${isSure ? '' : ' *'}`;
  };
  const name = rows.some(({ origin }) => origin === 'ours') ? `**${judge}**` : judge;
  const stopped = percent(Math.max(...cells('5 %').map(({ aborted }) => aborted)));
  return [name, stopped, ...['10 %', '20 %', '50 %', '100 %', '2 %, then 30 %'].map(broken)];
}

function summary({ rows }: Results): string {
  const ofRollouts = rows.filter(({ table }) => table === 'rollouts');
  const judges = [...new Set(ofRollouts.map(({ judge }) => judge))];
  const head = [
    'judge',
    'stopped at 5 %',
    '10 %',
    '20 %',
    '50 %',
    '100 %',
    '30 % after 200 devices',
  ];
  const ofJudge = (judge: string) => ofRollouts.filter((row) => row.judge === judge);
  return tableOf({ head, rows: judges.map((judge) => summaryRow(judge, ofJudge(judge))) });
}

/** The generated parts of the page on the judge, by name. */
export function blocksOf(results: Results): Record<string, string> {
  const view = (title: string) => viewsOf(results).find((one) => one.title.startsWith(title));
  const tableBy = (title: string) => tableOf(view(title) ?? { head: [], rows: [] });
  return {
    example: tableOf(exampleTable()),
    failures: tableOf(failuresTable()),
    proof: tableOf(proofTable()),
    rollouts: summary(results),
    controls: tableBy('C.'),
    'one wave': tableBy('A. '),
    'late change': tableBy('A4.'),
    sites: tableBy('Sites'),
    platforms: tableBy('Faults'),
    wanted: tableOf({ head: CLAIM_HEAD, rows: results.claims.map(claimRow) }),
  };
}
