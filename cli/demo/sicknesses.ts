import type { Cause, Remedy } from '../../src/domain/remediation/causes.js';
import { CALM_MS } from '../../src/domain/remediation/device-course.js';
import type { DeviceRecord, DeviceState } from '../../src/domain/remediation/device-record.js';

/** One sickness of one device, from the day it was found to what came of it. */
export interface Sickness {
  readonly cause: Cause;
  /** The repairs that were begun, in order. */
  readonly remedies: readonly Remedy[];
  /** Whether a person was told. */
  readonly isTold: boolean;
  readonly state: DeviceState;
  /** When it came into that state, epoch milliseconds. */
  readonly since: number;
}

const PERSON: readonly DeviceState[] = ['Escalated', 'Quarantined'];

/** The sicknesses that a device has had, oldest first. One that is back within a day for the same cause is the same one. */
export function sicknessesOf({ history }: Pick<DeviceRecord, 'history'>): Sickness[] {
  const found: Sickness[] = [];
  for (const { at, cause, state, remedy } of history) {
    const now = Date.parse(at);
    const last = found.at(-1);
    const isOver = last?.state === 'Recovered';
    const isBack = isOver && last.cause === cause && now - last.since < CALM_MS;
    const goesOn = last !== undefined && (!isOver || isBack);
    const before = goesOn ? last : { cause, remedies: [], isTold: false };
    if (goesOn) found.pop();
    found.push({
      cause: before.cause,
      remedies: remedy === undefined ? before.remedies : [...before.remedies, remedy],
      isTold: before.isTold || PERSON.includes(state),
      state,
      since: now,
    });
  }
  return found;
}

/** What all sicknesses with one cause came to. */
export interface CauseReport {
  readonly cause: Cause;
  readonly sicknesses: number;
  /** Repairs by remedy. */
  readonly done: Readonly<Partial<Record<Remedy, number>>>;
  /** Of how many a person was told. */
  readonly told: number;
  readonly recovered: number;
  readonly withPerson: number;
  readonly waiting: number;
}

function reportOf(cause: Cause, all: readonly Sickness[]): CauseReport {
  const done: Partial<Record<Remedy, number>> = {};
  for (const remedy of all.flatMap(({ remedies }) => remedies))
    done[remedy] = (done[remedy] ?? 0) + 1;
  const number = (isSo: (one: Sickness) => boolean) => all.filter(isSo).length;
  const recovered = number(({ state }) => state === 'Recovered');
  const withPerson = number(({ state }) => PERSON.includes(state));
  return {
    cause,
    sicknesses: all.length,
    done,
    told: number(({ isTold }) => isTold),
    recovered,
    withPerson,
    waiting: all.length - recovered - withPerson,
  };
}

/** What came of every sickness, by cause; the commonest first. */
export function causeReports(records: Iterable<DeviceRecord>): CauseReport[] {
  const byCause = new Map<Cause, Sickness[]>();
  for (const record of records)
    for (const one of sicknessesOf(record))
      byCause.set(one.cause, [...(byCause.get(one.cause) ?? []), one]);
  return [...byCause]
    .map(([cause, all]) => reportOf(cause, all))
    .sort((a, b) => b.sicknesses - a.sicknesses || (a.cause < b.cause ? -1 : 1));
}
