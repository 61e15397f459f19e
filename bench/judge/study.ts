import * as z from 'zod';
import { randomStream } from './random.js';
import type { Origin } from './origin.js';
import type { Random } from './random.js';
import { TableName } from './results.js';

/** How one run ended under one judge. */
export interface Ended {
  readonly aborted: boolean;
  /** Devices that got the release and fail, by the time of the abort or the end. */
  readonly failed: number;
  /** Devices that had got it by then, where a study counts them. */
  readonly devices?: number;
}

/** One cell of a table for every judge: a row's setting, where there is one, and the column. */
export const Scenario = z.strictObject({ setting: z.string().optional(), column: z.string() });
export type Scenario = z.infer<typeof Scenario>;

/** Simulated runs of one kind; all judges see the same ones. */
export interface Study {
  readonly table: TableName;
  readonly judges: readonly { readonly name: string; readonly origin: Origin }[];
  readonly scenarios: readonly Scenario[];
  /** How many times the runs that were asked for: more where they are quick, or where false aborts are counted. */
  readonly times: (scenario: Scenario) => number;
  /** How each judge, by its name, ends one run of the scenario. */
  readonly run: (scenario: Scenario, random: Random) => Readonly<Record<string, Ended>>;
}

/** Runs `from` to `to - 1` of one scenario of a study. */
export const StudyJob = z.strictObject({
  table: TableName,
  scenario: Scenario,
  from: z.number(),
  to: z.number(),
  seed: z.number(),
});
export type StudyJob = z.infer<typeof StudyJob>;

/** The entry of that name. */
export function named<T>(entries: Readonly<Record<string, T>>, name: string): T {
  const entry = entries[name];
  if (entry === undefined)
    throw new Error(`there is no ${name}, only ${Object.keys(entries).join(', ')}`);
  return entry;
}

/** How many runs ended how; sums of whole numbers, so the order in which they are added doesn't matter. */
export const Tally = z.strictObject({
  runs: z.number(),
  aborted: z.number(),
  failed: z.number(),
  failedSquared: z.number(),
  devices: z.number(),
});
export type Tally = z.infer<typeof Tally>;

export const Tallies = z.record(z.string(), Tally);
export type Tallies = z.infer<typeof Tallies>;

const nothing: Tally = { runs: 0, aborted: 0, failed: 0, failedSquared: 0, devices: 0 };

const plus = (one: Tally, other: Tally): Tally => ({
  runs: one.runs + other.runs,
  aborted: one.aborted + other.aborted,
  failed: one.failed + other.failed,
  failedSquared: one.failedSquared + other.failedSquared,
  devices: one.devices + other.devices,
});

/** Both, judge by judge. */
export const addTallies = (one: Tallies, other: Tallies): Tallies =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((judge) => [
      judge,
      plus(one[judge] ?? nothing, other[judge] ?? nothing),
    ]),
  );

const tallyOf = ({ aborted, failed, devices = 0 }: Ended): Tally => ({
  runs: 1,
  aborted: aborted ? 1 : 0,
  failed,
  failedSquared: failed * failed,
  devices,
});

/** Does a job; what comes of a run depends on seed, study, scenario and its number, and on nothing else. */
export function runStudy(study: Study, { scenario, from, to, seed }: StudyJob): Tallies {
  const { setting = '', column } = scenario;
  let tallies: Tallies = {};
  for (let run = from; run < to; run += 1) {
    const ended = study.run(scenario, randomStream(seed, study.table, setting, column, run));
    const tally = Object.entries(ended).map(([judge, end]) => [judge, tallyOf(end)] as const);
    tallies = addTallies(tallies, Object.fromEntries(tally));
  }
  return tallies;
}
