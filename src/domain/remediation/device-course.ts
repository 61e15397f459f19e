import type { Remedy } from './causes.js';
import type { DeviceRecord, HistoryEntry, Repair } from './device-record.js';
import { personWord, type Diagnosis } from './diagnosis.js';
import type { Settings } from './settings.js';

/** A moment: as it is shown, and as it is computed with. */
export interface Moment {
  readonly at: string;
  readonly now: number;
}

/** Well for so long, a device that is sick again has a new sickness: its attempts begin anew. */
const CALM = 24 * 3600 * 1000;
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
  return record.state === 'Recovered' && now - record.since >= CALM ? 0 : record.attempts;
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
    }),
  };
};

function ended(record: DeviceRecord, entry: HistoryEntry, now: number) {
  const { repair: _, nextAt: __, ...rest } = record;
  return { ...rest, since: now, history: withEntry(record.history, entry) };
}

/** The device is well, by what it reports. Only a queue that is free again still owes it the deployment that blocked it. */
export function recovered(
  record: DeviceRecord,
  why: string,
  settings: Settings,
  { at, now }: Moment,
): DeviceRecord {
  const { repair, deploymentId } = record;
  const { owed: _, ...rest } = ended(record, { at, what: 'well again', why }, now);
  if (repair?.remedy === 'cancelExecution' && deploymentId !== undefined)
    return {
      ...rest,
      state: 'BackingOff',
      owed: deploymentId,
      nextAt: now + backoffSeconds(record.attempts, settings) * 1000,
      history: withEntry(record.history, { at, what: 'its queue is free again', why }),
    };
  return { ...rest, state: 'Recovered', settled: withSettled(rest.settled, deploymentId) };
}

/** A repair that didn't help: another one after a while, or none any more. */
export function failed(
  record: DeviceRecord,
  why: string,
  settings: Settings,
  { at, now }: Moment,
): DeviceRecord {
  const { attempts } = record;
  if (attempts < settings.attempts)
    return {
      ...ended(record, { at, what: `attempt ${attempts} did not help`, why }, now),
      state: 'BackingOff',
      nextAt: now + backoffSeconds(attempts, settings) * 1000,
    };
  const what = `attempt ${attempts} did not help: quarantined, as all its attempts are used up`;
  return { ...ended(record, { at, what, why }, now), state: 'Quarantined' };
}

/** The device is connected and takes nothing: no further attempt can help. What was cancelled there is still to be given to it. */
export const hung = (record: DeviceRecord, why: string, { at, now }: Moment): DeviceRecord => ({
  ...ended(record, { at, what: 'HungNucleus: told to a person', why }, now),
  ...(record.remedy === 'cancelExecution' &&
    record.deploymentId !== undefined && { owed: record.deploymentId }),
  state: 'Escalated',
  cause: 'HungNucleus',
});

/** It is sick again, and has had all its attempts. */
export const givenUp = (
  record: DeviceRecord,
  diagnosis: Diagnosis,
  { at, now }: Moment,
): DeviceRecord => ({
  ...ended(
    record,
    {
      at,
      what: `${diagnosis.cause}: quarantined, as all its attempts are used up`,
      why: diagnosis.evidence.join('; '),
    },
    now,
  ),
  ...aboutOf(diagnosis),
  state: 'Quarantined',
});

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
  return {
    ...before,
    ...aboutOf(diagnosis),
    thing,
    state: isStale ? 'Recovered' : 'Escalated',
    attempts: attemptsOf(record, now),
    since: now,
    settled: isStale ? withSettled(before.settled, diagnosis.deploymentId) : before.settled,
    history: withEntry(before.history, { at, what, why }),
  };
}

/** The device is well again without any repair. */
export function closed(record: DeviceRecord, { at, now }: Moment): DeviceRecord {
  const { owed: _, ...rest } = ended(
    record,
    { at, what: 'well again', why: 'it is found sick no more' },
    now,
  );
  return { ...rest, state: 'Recovered' };
}

/** For a person who has seen to a device: its attempts begin anew. */
export const anew = (record: DeviceRecord): DeviceRecord => ({ ...record, attempts: 0 });
