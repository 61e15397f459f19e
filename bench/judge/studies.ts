import { lateChangeStudy } from './at-once/late-change.js';
import { platformsStudy } from './at-once/platforms.js';
import { restartsStudy } from './at-once/restarts.js';
import { signalsStudy } from './at-once/signals.js';
import { sitesStudy } from './at-once/sites.js';
import { controlsStudy } from './controls/study.js';
import { rounded } from './results.js';
import type { Cell, Row, TableName } from './results.js';
import { rolloutStudy } from './rollouts/study.js';
import { runStudy } from './study.js';
import type { Scenario, Study, StudyJob, Tallies, Tally } from './study.js';

/** All tables that are simulated. */
export const STUDIES: readonly Study[] = [
  restartsStudy,
  lateChangeStudy,
  signalsStudy,
  sitesStudy,
  platformsStudy,
  controlsStudy,
  rolloutStudy,
];

/** At most so many runs are one job. */
const RUNS_OF_JOB = 50;

/** The jobs of all studies, the longest first. */
export function studyJobs(runs: number, seed: number, tables: readonly TableName[]): StudyJob[] {
  return STUDIES.filter(({ table }) => tables.includes(table))
    .toReversed()
    .flatMap(({ table, scenarios, times }) =>
      scenarios.flatMap((scenario) => {
        const all = Math.round(runs * times(scenario));
        const jobs = Math.ceil(all / RUNS_OF_JOB);
        return Array.from({ length: jobs }, (_, i) => {
          const from = i * RUNS_OF_JOB;
          return { table, scenario, from, to: Math.min(all, from + RUNS_OF_JOB), seed };
        });
      }),
    );
}

/** Does one of them. */
export function runStudyJob(job: StudyJob): Tallies {
  const study = STUDIES.find(({ table }) => table === job.table);
  if (!study) throw new Error(`${job.table} is not simulated`);
  return runStudy(study, job);
}

/** What a number of runs came to, with the standard error of the mean. */
function cellOf({ runs, aborted, failed, failedSquared, devices }: Tally): Cell {
  const mean = failed / runs;
  const variance = runs > 1 ? Math.max(0, (failedSquared - runs * mean ** 2) / (runs - 1)) : 0;
  return {
    runs,
    aborted: rounded(aborted / runs, 4),
    failed: rounded(mean, 2),
    failedError: rounded(Math.sqrt(variance / runs), 2),
    ...(devices > 0 && { devices: rounded(devices / runs, 2) }),
  };
}

/** Which tallies are of one scenario. */
export const keyOf = (table: TableName, { setting = '', column }: Scenario): string =>
  [table, setting, column].join('|');

/** The tables, from the tallies of all scenarios. */
export function studyRows(tallies: ReadonlyMap<string, Tallies>): Row[] {
  return STUDIES.flatMap(({ table, judges, scenarios }) => {
    const settings = [...new Set(scenarios.map(({ setting }) => setting))];
    return settings.flatMap((setting) =>
      judges.map(({ name, origin }) => {
        const cells = scenarios
          .filter((scenario) => scenario.setting === setting)
          .flatMap((scenario): [string, Cell][] => {
            const tally = tallies.get(keyOf(table, scenario))?.[name];
            return tally ? [[scenario.column, cellOf(tally)]] : [];
          });
        const ofRow = { table, judge: name, origin, cells: Object.fromEntries(cells) };
        return { ...ofRow, ...(setting !== undefined && { setting }) };
      }),
    );
  }).filter(({ cells }) => Object.keys(cells).length > 0);
}
