import type { Cause, Remedy } from './causes.js';
import type { DeviceRecord, HistoryEntry, Repair } from './device-record.js';
import { personWord, type Diagnosis } from './diagnosis.js';
import type { Settings } from './settings.js';

/** A moment: as it is shown, and as it is computed with. */
export interface Moment {
  readonly at: string;
  readonly now: number;
}

/** Well for so long, a device that is sick again has a new sickness: its attempts begin anew. */
export const CALM_MS = 24 * 3600 * 1000;
const LONGEST_HISTORY = 20;
const MOST_SETTLED = 10;

const withEntry = (history: readonly HistoryEntry[], entry: HistoryEntry) =>
  [...history, entry].slice(-LONGEST_HISTORY);

const withSettled = (settled: readonly string[], deploymentId: string | undefined) =>
  deploymentId === undefined || settled.includes(deploymentId)
    ? [...settled]
    : [...settled, deploymentId].slice(-MOST_SETTLED);

/** Repairs that a device has had in the sickness that it has now. */
export function attemptsOf(record: DeviceRecord | undefined, now: number): number {
  if (!record) return 0;
  return record.state === 'Recovered' && now - record.since >= CALM_MS ? 0 : record.attempts;
}

/** The wait after the repair with this number that failed, from 1, in seconds. */
export const backoffSeconds = (attempt: number, { backoffSeconds: first }: Settings) =>
  first * 2 ** (attempt - 1);

const aboutOf = ({ cause, evidence, keys, targetArn, deploymentId }: Diagnosis) => ({
  cause,
  evidence,
  keys,
  ...(targetArn !== undefined && { targetArn }),
  ...(deploymentId !== undefined && { deploymentId }),
});

/** A repair that is about to begin. */
export function repairOf(
  repairId: string,
  remedy: Remedy,
  { deploymentId, targetArn, jobId, formerDeploymentId }: Diagnosis,
  now: number,
): Repair {
  const source = remedy === 'takeBack' ? formerDeploymentId : deploymentId;
  const isSubdeployment = remedy === 'retry' || remedy === 'takeBack';
  return {
    repairId,
    remedy,
    begunAt: now,
    ...(isSubdeployment && { sourceDeploymentId: source, parentTargetArn: targetArn }),
    ...(remedy === 'cancelExecution' && { jobId }),
  };
}

const nothingYet = { settled: [], history: [], attempts: 0, version: 0 };

/** Less what belongs to a sickness that is over. */
function kept(record: DeviceRecord | undefined) {
  if (!record) return nothingYet;
  const { settled, history, attempts, version, owed } = record;
  return { settled, history, attempts, version, ...(owed !== undefined && { owed }) };
}

/** The record of a device whose repair begins: the intent, before its effect. */
export const begun = (
  thing: string,
  record: DeviceRecord | undefined,
  diagnosis: Diagnosis,
  repair: Repair,
  { at, now }: Moment,
): DeviceRecord => {
  const before = kept(record);
  const attempts = attemptsOf(record, now) + 1;
  return {
    ...before,
    ...aboutOf(diagnosis),
    thing,
    state: 'Repairing',
    attempts,
    repair,
    remedy: repair.remedy,
    since: now,
    history: withEntry(before.history, {
      at,
      what: `${diagnosis.cause}: attempt ${attempts}, ${repair.remedy}`,
      why: diagnosis.evidence.join('; '),
      state: 'Repairing',
      cause: diagnosis.cause,
      remedy: repair.remedy,
    }),
  };
};

/** A repair or a sickness is over: the device comes into another state, for the cause that is known or another one. */
function ended(
  record: DeviceRecord,
  {
    what,
    why,
    state,
    cause = record.cause,
  }: Omit<HistoryEntry, 'at' | 'cause'> & { cause?: Cause },
  { at, now }: Moment,
): DeviceRecord {
  const { repair: _, nextAt: __, ...rest } = record;
  const history = withEntry(record.history, { at, what, why, state, cause });
  return { ...rest, state, cause, since: now, history };
}

/**
 * The device is well, by what it reports. What was cancelled on it stays owed until just that has been given to it: a repair of
 * something else settles nothing.
 */
export function recovered(
  record: DeviceRecord,
  why: string,
  settings: Settings,
  moment: Moment,
): DeviceRecord {
  const { owed, ...paid } = record;
  const { repair, deploymentId, attempts } = record;
  if (repair?.remedy === 'cancelExecution' && deploymentId !== undefined)
    return {
      ...ended(record, { what: 'its queue is free again', why, state: 'BackingOff' }, moment),
      owed: deploymentId,
      nextAt: moment.now + backoffSeconds(attempts, settings) * 1000,
    };
  return {
    ...ended(
      owed === deploymentId ? paid : record,
      { what: 'well again', why, state: 'Recovered' },
      moment,
    ),
    settled: withSettled(record.settled, deploymentId),
  };
}

/** What was cancelled on a device whose queue didn't move after it is still to be given to it. */
const owedAfter = ({ remedy, deploymentId }: DeviceRecord) =>
  remedy === 'cancelExecution' && deploymentId !== undefined ? { owed: deploymentId } : {};

/** A repair that didn't help: another one after a while, or none any more. */
export function failed(
  record: DeviceRecord,
  why: string,
  settings: Settings,
  moment: Moment,
): DeviceRecord {
  const { attempts } = record;
  const what = `attempt ${attempts} did not help`;
  if (attempts < settings.attempts)
    return {
      ...ended(record, { what, why, state: 'BackingOff' }, moment),
      ...owedAfter(record),
      nextAt: moment.now + backoffSeconds(attempts, settings) * 1000,
    };
  const last = `${what}: quarantined, as all its attempts are used up`;
  return {
    ...ended(record, { what: last, why, state: 'Quarantined' }, moment),
    ...owedAfter(record),
  };
}

/** The device is connected and takes nothing: no further attempt can help. */
export const hung = (record: DeviceRecord, why: string, moment: Moment): DeviceRecord => ({
  ...ended(
    record,
    { what: 'HungNucleus: told to a person', why, state: 'Escalated', cause: 'HungNucleus' },
    moment,
  ),
  ...owedAfter(record),
});

/** It is sick again, and has had all its attempts. */
export const givenUp = (
  record: DeviceRecord,
  diagnosis: Diagnosis,
  moment: Moment,
): DeviceRecord => {
  const { cause, evidence } = diagnosis;
  const what = `${cause}: quarantined, as all its attempts are used up`;
  const entry = { what, why: evidence.join('; '), state: 'Quarantined' as const, cause };
  return { ...ended(record, entry, moment), ...aboutOf(diagnosis) };
};

/** A device for which no machine can do anything: a person is told, or there is nothing to do. */
export function escalated(
  thing: string,
  record: DeviceRecord | undefined,
  diagnosis: Diagnosis,
  { at, now }: Moment,
): DeviceRecord {
  const before = kept(record);
  const isStale = diagnosis.cause === 'StaleDeployment';
  const what = isStale ? 'StaleDeployment: left as it is' : `${diagnosis.cause}: told to a person`;
  const why = [...diagnosis.evidence, personWord(diagnosis)].join('; ');
  const state = isStale ? 'Recovered' : 'Escalated';
  return {
    ...before,
    ...aboutOf(diagnosis),
    thing,
    state,
    attempts: attemptsOf(record, now),
    since: now,
    settled: isStale ? withSettled(before.settled, diagnosis.deploymentId) : before.settled,
    history: withEntry(before.history, { at, what, why, state, cause: diagnosis.cause }),
  };
}

/** The device is well again without any repair. */
export function closed({ owed: _, ...record }: DeviceRecord, moment: Moment): DeviceRecord {
  const why = 'it is found sick no more';
  return ended(record, { what: 'well again', why, state: 'Recovered' }, moment);
}

/** For a person who has seen to a device: its attempts begin anew. */
export const anew = (record: DeviceRecord): DeviceRecord => ({ ...record, attempts: 0 });
