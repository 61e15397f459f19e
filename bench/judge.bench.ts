import { writeFileSync } from 'node:fs';
import { claimsOf } from './judge/claims.js';
import { CALIBRATED, ONE_WAVE_JUDGES } from './judge/one-wave/judges.js';
import { limitTable, oneWaveTable, promotionTable } from './judge/one-wave/tables.js';
import { HELP, readJudgeOptions } from './judge/options.js';
import type { JudgeOptions } from './judge/options.js';
import { writePages } from './judge/report/pages.js';
import { claimsText, tablesText } from './judge/report/text.js';
import type { Results, Row } from './judge/results.js';
import { keyOf, runStudyJob, studyJobs, studyRows } from './judge/studies.js';
import { addTallies, StudyJob, Tallies } from './judge/study.js';
import { tellProgress } from './progress.js';
import { runJobs, serveJobs } from './workers.js';

/**
 * Our judge beside those of others, in exact computations and over many simulated rollouts. Exit code 0 only if ours aborts no more
 * good releases than it may; where others break fewer devices it says MISSED.
 */

const EXACT: Readonly<Record<string, () => Row[]>> = {
  'one wave': () => oneWaveTable([...ONE_WAVE_JUDGES, CALIBRATED]),
  'by limit': limitTable,
  promotion: promotionTable,
};

async function simulate({ runs, seed, tables }: JudgeOptions): Promise<Row[]> {
  const jobs = studyJobs(runs, seed, tables).map((job) => JSON.stringify(job));
  const progress = tellProgress(jobs.length, 'jobs');
  const tallies = new Map<string, Tallies>();
  await runJobs(jobs, (job, result) => {
    const { table, scenario } = StudyJob.parse(JSON.parse(job));
    const key = keyOf(table, scenario);
    tallies.set(key, addTallies(tallies.get(key) ?? {}, Tallies.parse(result)));
    progress(key);
  });
  return studyRows(tallies);
}

async function main(): Promise<number> {
  const options = readJudgeOptions(process.argv.slice(2));
  if ('problem' in options) {
    process.stderr.write(`${options.problem}\n\n${HELP}`);
    return 1;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { runs, seed, tables, json, isWhole } = options;
  const start = performance.now();
  const exact = tables.flatMap((table) => EXACT[table]?.() ?? []);
  const rows = [...exact, ...(await simulate(options))];
  const results: Results = { seed, runs, rows, claims: claimsOf(rows) };
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${tablesText(results)}\n${claimsText(results)}\n${seconds} s.\n`);
  if (json) writeFileSync(json, JSON.stringify(results));
  if (isWhole) await writePages(results);
  return results.claims.every(({ kind, isMet }) => isMet || kind === 'devices broken') ? 0 : 1;
}

const work = (job: string) => Promise.resolve(runStudyJob(StudyJob.parse(JSON.parse(job))));
if (!serveJobs(work)) process.exitCode = await main();
