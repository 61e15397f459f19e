import { ALPHA } from '../origin.js';
import type { Cell, Results, Row } from '../results.js';
import { element, text } from './svg.js';

/** Colours of light and of dark pages; the delays differ by shape as well. */
const STYLE = `
svg { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; }
text { fill: #1f2328; } .page { fill: #ffffff; } .band { fill: #e6f4ea; } .grid { stroke: #d7dbe0; }
.quiet { fill: #59636e; font-size: 11.5px; } .title { font-weight: 600; }
.limit { stroke: #c4320a; stroke-dasharray: 4 3; } .limit-text { fill: #c4320a; font-size: 11.5px; }
.mark { stroke-width: 1.8; }
.same { stroke: #0b6bcb; fill: #0b6bcb; } .fastfail { stroke: #b35900; fill: #b35900; }
.slowfail { stroke: #1a7f5a; fill: #1a7f5a; } .silent { stroke: #8a3ffc; fill: #8a3ffc; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .page { fill: #0d1117; } .band { fill: #17281d; } .grid { stroke: #30363d; }
.quiet { fill: #9198a1; } .limit { stroke: #ff8a65; } .limit-text { fill: #ff8a65; }
.same { stroke: #58a6ff; fill: #58a6ff; } .fastfail { stroke: #f0a04b; fill: #f0a04b; }
.slowfail { stroke: #4ac59a; fill: #4ac59a; } .silent { stroke: #c297ff; fill: #c297ff; }
}
.hollow { fill: none; }`;

const SHAPES = [
  {
    delays: 'same',
    told: 'failures reported like successes',
    path: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  },
  { delays: 'fastfail', told: 'sooner', path: 'M0 -5l4.6 8.6h-9.2z' },
  { delays: 'slowfail', told: 'later', path: 'M-3.8 -3.8h7.6v7.6h-7.6z' },
  { delays: 'silent', told: 'half of them never', path: 'M0 -5.2l5.2 5.2l-5.2 5.2l-5.2 -5.2z' },
] as const;
type Shape = (typeof SHAPES)[number];

const WIDTH = 960;
const TOP = 134;
const ROW = 34;
const PANEL_WIDTH = 212;

interface Panel {
  readonly left: number;
  readonly title: string;
  readonly told: string;
  readonly column: string;
  readonly ticks: readonly (readonly [value: number, label: string])[];
  readonly value: (cell: Cell) => number;
  /** From 0 to 1. */
  readonly place: (value: number) => number;
  /** Whether it says how many devices break, so that a rollout that isn't stopped looks different. */
  readonly isCost: boolean;
}

const cost = (left: number, told: string, column: string): Panel => ({
  ...{ left, title: 'Devices broken', told, column, isCost: true },
  ticks: [1, 10, 100, 1000].map((value) => [value, String(value)]),
  value: ({ failed = 0 }) => failed,
  place: (value) => Math.log10(Math.max(1, value)) / Math.log10(2000),
});

const PANELS: readonly Panel[] = [
  {
    ...{ left: 214, title: 'Rollouts stopped', told: '5 % fail, the limit', column: '5 %' },
    isCost: false,
    ticks: [0, 0.25, 0.5, 0.75, 1].map((value) => [value, `${value * 100} %`]),
    value: ({ aborted }) => aborted,
    place: (value) => value,
  },
  cost(468, '20 % fail', '20 %'),
  cost(722, '30 % fail, but of the first 200 only 2 %', '2 %, then 30 %'),
];

const across = ({ left, place }: Panel, value: number) =>
  Number((left + place(value) * PANEL_WIDTH).toFixed(1));
const down = (row: number) => TOP + row * ROW + ROW / 2;

const line = (kind: string, x: number, bottom: number) =>
  element('line', { class: kind, x1: x, x2: x, y1: TOP, y2: bottom });

function axes(panel: Panel, bottom: number): string[] {
  const alpha = across(panel, ALPHA);
  const limit = [
    line('limit', alpha, bottom),
    text('at most 5 %', { class: 'limit-text', x: alpha + 4, y: bottom - 6 }),
  ];
  return [
    text(panel.title, { class: 'title', x: panel.left, y: TOP - 28 }),
    text(panel.told, { class: 'quiet', x: panel.left, y: TOP - 11 }),
    ...panel.ticks.map(([value]) => line('grid', across(panel, value), bottom)),
    ...panel.ticks.map(([value, label]) =>
      text(label, {
        class: 'quiet',
        x: across(panel, value),
        y: bottom + 16,
        'text-anchor': 'middle',
      }),
    ),
    ...(panel.isCost ? [] : limit),
  ];
}

const mark = ({ delays, path }: Shape, at: { x: number; y: number }, isHollow = false) =>
  element('path', {
    class: `mark ${delays}${isHollow ? ' hollow' : ''}`,
    transform: `translate(${at.x} ${at.y})`,
    d: path,
  });

/** One judge's marks in a panel: hollow where fewer than 99 % of the rollouts were stopped. */
const marksOf = (panel: Panel, rows: readonly Row[], y: number) =>
  SHAPES.flatMap((shape, i) => {
    const cell = rows.find(({ setting }) => setting === shape.delays)?.cells[panel.column];
    if (!cell) return [];
    const at = { x: across(panel, panel.value(cell)), y: y + (i - 1.5) * 6 };
    return [mark(shape, at, panel.isCost && cell.aborted < 0.99)];
  });

function legend(): string[] {
  let x = 16;
  const entries = SHAPES.flatMap((shape) => {
    const entry = [mark(shape, { x: x + 5, y: 62 }), text(shape.told, { x: x + 16, y: 66.5 })];
    x += 34 + shape.told.length * 6.4;
    return entry;
  });
  const hollow = 'hollow: fewer than 99 % of the rollouts stopped';
  return [
    ...entries,
    text(hollow, { class: 'quiet', x: WIDTH - 16, y: 66.5, 'text-anchor': 'end' }),
  ];
}

/** Whole rollouts under every judge: how often a release at the limit is stopped, and how many devices bad ones break. */
export function chart(results: Results): string {
  const rows = results.rows.filter(({ table }) => table === 'rollouts');
  const judges = [...new Set(rows.map(({ judge }) => judge))];
  const bottom = TOP + judges.length * ROW;
  const isOurs = (judge: string) =>
    rows.some((row) => row.judge === judge && row.origin === 'ours');
  const height = bottom + 30;
  const bands = judges.flatMap((judge, row) => {
    const at = { x: 8, y: TOP + row * ROW, width: WIDTH - 16, height: ROW, rx: 4 };
    return isOurs(judge) ? [element('rect', { class: 'band', ...at })] : [];
  });
  const lines = judges.flatMap((judge, row) => [
    text(judge, { x: 16, y: down(row) + 4.5, ...(isOurs(judge) && { class: 'title' }) }),
    ...PANELS.flatMap((panel) =>
      marksOf(
        panel,
        rows.filter((one) => one.judge === judge),
        down(row),
      ),
    ),
  ]);
  const title = 'Rollouts to 10,000 devices, of which 5 % may fail';
  const content = [
    element('title', {}, [title]),
    `<style>${STYLE}\n</style>`,
    element('rect', { class: 'page', width: WIDTH, height, rx: 6 }),
    text(title, { class: 'title', x: 16, y: 30, 'font-size': 17 }),
    ...legend(),
    ...bands,
    ...PANELS.flatMap((panel) => axes(panel, bottom)),
    ...lines,
  ];
  const box = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}` };
  return `${element('svg', { ...box, width: WIDTH, height, role: 'img' }, content)}\n`;
}
