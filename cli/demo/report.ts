import { paint, spell, table } from '../output.js';
import type { WaveRecord } from './wave-records.js';

/** What has to be so afterwards, and whether it is. */
export interface Check {
  readonly what: string;
  readonly isTrue: boolean;
}

/** How a rollout was taken back. */
export interface AbortReport {
  /** Devices on which the release was started. */
  readonly hit: number;
  /** Those of them that were back on the baseline when the rollout ended, and those that could not be reached. */
  readonly returned: number;
  readonly stragglers: readonly string[];
  /** Against the release, and from how much on it aborts. */
  readonly evidence?: number;
  readonly threshold?: number;
  readonly reason: string;
}

/** What one of the demonstration's rollouts has come to. */
export interface ActReport {
  readonly rolloutId: string;
  readonly phase: string;
  /** Devices per version, by component. */
  readonly versions: Readonly<
    Record<
      string,
      { before: Readonly<Record<string, number>>; after: Readonly<Record<string, number>> }
    >
  >;
  /** Those that passed. */
  readonly waves: readonly WaveRecord[];
  readonly wavesBegun: number;
  readonly wavesPlanned: number;
  readonly virtualSeconds: number;
  /** Where it was aborted. */
  readonly abort?: AbortReport;
}

/** What a demonstration has shown. */
export interface DemoReport {
  readonly acts: readonly ActReport[];
  readonly virtualSeconds: number;
  readonly wallSeconds: number;
  /** Calls by service. */
  readonly calls: Readonly<Record<string, number>>;
  readonly checks: readonly Check[];
}

/** Whether all is as it has to be. */
export const isGood = ({ checks }: Pick<DemoReport, 'checks'>): boolean =>
  checks.every(({ isTrue }) => isTrue);

function versionRows(versions: ActReport['versions']) {
  return Object.entries(versions).flatMap(([component, { before, after }]) => {
    const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return all.map((version, i) => [
      i === 0 ? component : '',
      version,
      before[version] ?? 0,
      after[version] ?? 0,
    ]);
  });
}

const waveTable = (waves: ActReport['waves']) =>
  table(
    ['wave', 'devices', 'admitted', 'succeeded', 'failed', 'queued', 'time'],
    waves.map((wave) => [
      wave.wave,
      wave.devices,
      wave.admitted,
      wave.succeeded,
      wave.failed,
      wave.queued,
      spell(wave.seconds),
    ]),
  );

/** Rounded down, so that evidence under a threshold never reads as if it had reached it. */
const evidenceOf = ({ evidence, threshold = 0 }: AbortReport) =>
  evidence === undefined
    ? undefined
    : `${(Math.floor(evidence * 10) / 10).toFixed(1)} ${evidence >= threshold ? '>=' : '<'} ${Number(threshold.toFixed(2))}`;

const summary = (acts: readonly ActReport[]) =>
  table(
    ['rollout', 'phase', 'hit', 'returned', 'stragglers', 'waves', 'evidence at abort', 'time'],
    acts.map(({ rolloutId, phase, abort, wavesBegun, wavesPlanned, virtualSeconds }) => [
      rolloutId,
      phase,
      abort?.hit,
      abort?.returned,
      abort?.stragglers.length,
      `${wavesBegun} of ${wavesPlanned}`,
      abort && evidenceOf(abort),
      spell(virtualSeconds),
    ]),
  );

/** A report as a person reads it. */
export function reportLines(report: DemoReport, hasColour: boolean): string[] {
  const colour = paint(hasColour);
  const { acts, calls, virtualSeconds, wallSeconds } = report;
  return [
    ...acts.flatMap(({ rolloutId, phase, waves, versions, abort }) => [
      colour('bold', `Rollout ${rolloutId}: ${phase}`),
      ...(abort ? [abort.reason] : []),
      '',
      ...(waves.length > 0 ? [...waveTable(waves), ''] : []),
      ...table(['component', 'version', 'devices before', 'devices after'], versionRows(versions)),
      '',
    ]),
    ...summary(acts),
    '',
    ...table(['service', 'calls'], Object.entries(calls)),
    '',
    `${spell(virtualSeconds)} of the cloud's time in ${wallSeconds.toFixed(1)} s.`,
    '',
    ...checkLines(report, hasColour),
  ];
}

/** What had to be so, line by line, and whether all of it is. */
export function checkLines(report: Pick<DemoReport, 'checks'>, hasColour: boolean): string[] {
  const colour = paint(hasColour);
  return [
    ...report.checks.map(({ what, isTrue }) =>
      isTrue ? `${colour('green', 'yes')}  ${what}` : `${colour('red', 'NO')}   ${what}`,
    ),
    '',
    isGood(report)
      ? colour('green', `All is as it has to be.`)
      : colour('red', 'Not all is as it has to be.'),
  ];
}
