import { attemptsOf } from './device-course.js';
import type { DeviceRecord } from './device-record.js';
import { diagnose, type DeviceFacts, type Diagnosis } from './diagnosis.js';
import { diagnosisOf } from './ending.js';
import type { Remedy } from './causes.js';
import { chooseRemedy, type Choice } from './remedies.js';
import type { DeviceResult } from './report.js';
import type { Settings } from './settings.js';

/** What is known of a device, and of what has been done about it. */
export interface KnownDevice {
  readonly record: DeviceRecord | undefined;
  /** Undefined where there is no such core device. */
  readonly facts: DeviceFacts | undefined;
  /** The rollouts that have its targets, by target. */
  readonly lockers: ReadonlyMap<string, string>;
  /** A person asks for this device: its attempts begin anew. */
  readonly isAsked: boolean;
}

/** What a run does next about a device. */
export interface NextStep {
  readonly action: 'repair' | 'escalate' | 'giveUp' | 'close' | 'none';
  /** What it comes to if nothing more is done. */
  readonly result: DeviceResult;
  readonly diagnosis?: Diagnosis;
  readonly remedy?: Remedy;
}

const OPEN: readonly DeviceRecord['state'][] = ['BackingOff', 'Escalated', 'Quarantined'];

/** A device that is not sick: what is kept of its sickness is closed. */
function unneeded(thing: string, record: DeviceRecord | undefined, why: string): NextStep {
  if (!record || !OPEN.includes(record.state))
    return { action: 'none', result: { thing, outcome: 'Well', why } };
  const result = { thing, cause: record.cause, outcome: 'Closed' as const, why };
  return { action: 'close', result, diagnosis: diagnosisOf(record) };
}

/** A repair that is under way is gone on with, whatever the device says meanwhile. */
function goOn(thing: string, record: DeviceRecord, remedy: Remedy): NextStep {
  const why = `attempt ${record.attempts} is under way`;
  const result = { thing, cause: record.cause, remedy, outcome: 'Pending' as const, why };
  return { action: 'repair', remedy, result, diagnosis: diagnosisOf(record) };
}

function treat(thing: string, diagnosis: Diagnosis, choice: Choice): NextStep {
  const { cause, evidence } = diagnosis;
  if ('waitFor' in choice) {
    const why = `rollout ${choice.waitFor} has its target`;
    return { action: 'none', result: { thing, cause, outcome: 'Busy', why } };
  }
  if ('giveUp' in choice) {
    const why = ['all its attempts are used up', ...evidence, choice.giveUp].join('; ');
    return { action: 'giveUp', result: { thing, cause, outcome: 'Quarantined', why }, diagnosis };
  }
  if ('none' in choice) {
    const why = [...evidence, choice.none].join('; ');
    return { action: 'escalate', result: { thing, cause, outcome: 'Escalated', why }, diagnosis };
  }
  const { remedy } = choice;
  const result = { thing, cause, remedy, outcome: 'Planned' as const, why: evidence.join('; ') };
  return { action: 'repair', result, diagnosis, remedy };
}

/** Decides what is next for one device: go on with a repair, begin one, tell a person, or nothing. */
export function nextFor(
  thing: string,
  { record, facts, lockers, isAsked }: KnownDevice,
  settings: Settings,
  now: number,
): NextStep {
  if (record?.state === 'Repairing' && record.repair)
    return goOn(thing, record, record.repair.remedy);
  if (!facts) return unneeded(thing, record, 'there is no such core device any more');
  const past = { settled: record?.settled ?? [], owed: record?.owed };
  const diagnosis = diagnose(facts, past, settings, now);
  if (diagnosis === 'well') return unneeded(thing, record, 'nothing is wrong with it');
  if (diagnosis === 'busy')
    return { action: 'none', result: { thing, outcome: 'Busy', why: 'it is away, or at work' } };
  const lockedBy = lockers.get(diagnosis.targetArn ?? '');
  const attempts = isAsked ? 0 : attemptsOf(record, now);
  return treat(thing, diagnosis, chooseRemedy(diagnosis, facts, attempts, settings, lockedBy));
}
