import { count, paint, spell, table } from '../output.js';
import { checkLines, type Check } from './report.js';
import type { CauseReport } from './sicknesses.js';

/** What the demonstration of remediation has shown. */
export interface RemediationReport {
  readonly devices: number;
  readonly causes: readonly CauseReport[];
  /** The release that made its target sick. */
  readonly systemic: {
    readonly target: string;
    readonly component: string;
    readonly version: string;
    readonly sick: number;
    readonly size: number;
    /** What people were told to type. */
    readonly command: string;
    /** Of those that were sick. */
    readonly recovered: number;
  };
  /** Runs of the state machine, and those that had something to do. */
  readonly runs: { readonly all: number; readonly withWork: number; readonly failed: number };
  readonly messages: number;
  readonly virtualSeconds: number;
  readonly wallSeconds: number;
  /** Calls by service. */
  readonly calls: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
}

const doneWord = ({ done }: CauseReport) =>
  Object.entries(done)
    .map(([remedy, times]) => `${times} × ${remedy}`)
    .join(', ') || 'no remedy: told';

/** A week of remediation as a person reads it. */
export function remediationLines(report: RemediationReport, hasColour: boolean): string[] {
  const colour = paint(hasColour);
  const { devices, causes, systemic, runs, messages, calls, virtualSeconds, wallSeconds } = report;
  const { target, component, version, sick, size, command, recovered } = systemic;
  return [
    colour('bold', `${spell(virtualSeconds)} of ${count(devices, 'core device')}`),
    '',
    ...table(
      ['cause', 'sick', 'what was done', 'told', 'recovered', 'with a person', 'waiting'],
      [
        ...causes.map((one) => [
          ...[one.cause, one.sicknesses, doneWord(one), one.told],
          ...[one.recovered, one.withPerson, one.waiting],
        ]),
        [
          `${version} of ${target}`,
          sick,
          'none touched: told',
          sick,
          recovered,
          sick - recovered,
          0,
        ],
      ],
    ),
    '',
    `${sick} of ${size} devices of ${target} were sick with ${component} ${version}. What people were told to type, and typed:`,
    command,
    '',
    ...table(['service', 'calls'], Object.entries(calls)),
    '',
    `${count(runs.all, 'run')}, ${runs.withWork} with something to do, ${runs.failed} failed; ${count(messages, 'message')} to people.`,
    `${spell(virtualSeconds)} of the cloud's time in ${wallSeconds.toFixed(1)} s.`,
    '',
    ...checkLines(report, hasColour),
  ];
}
