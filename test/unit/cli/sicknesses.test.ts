import { describe, expect, test } from '@jest/globals';
import { causeReports, sicknessesOf } from '../../../cli/demo/sicknesses.js';
import type { DeviceRecord, HistoryEntry } from '../../../src/domain/remediation/device-record.js';

const HOUR = 3_600_000;
type Entry = Pick<HistoryEntry, 'state' | 'cause' | 'remedy'>;
const history = (...entries: (Entry & { hour: number })[]): HistoryEntry[] =>
  entries.map(({ hour, ...entry }) => ({
    at: new Date(hour * HOUR).toISOString(),
    what: 'it',
    why: 'so',
    ...entry,
  }));

const record = (thing: string, more: Partial<DeviceRecord> = {}): DeviceRecord => ({
  ...{ thing, state: 'Recovered', cause: 'BrokenComponent', evidence: [], keys: [] },
  ...{ attempts: 1, settled: [], since: 0, history: [], version: 1 },
  ...more,
});

const broken = { cause: 'BrokenComponent', remedy: 'redeliver', state: 'Repairing' } as const;
const well = { cause: 'BrokenComponent', state: 'Recovered' } as const;

describe('the sicknesses of a device', () => {
  test('are the same one where the cause is back within a day, else others', () => {
    const course = history(
      { hour: 1, ...broken },
      { hour: 2, ...well },
      { hour: 25, ...broken },
      { hour: 26, ...well },
      { hour: 50, ...broken },
      { hour: 51, ...well },
    );
    expect(sicknessesOf({ history: course }).map(({ remedies }) => remedies)).toEqual([
      ['redeliver', 'redeliver'],
      ['redeliver'],
    ]);
  });

  test('have the cause that they were found with, whatever turns out', () => {
    const course = history(
      { hour: 1, cause: 'StuckDeployment', remedy: 'cancelExecution', state: 'Repairing' },
      { hour: 2, cause: 'HungNucleus', state: 'Escalated' },
      { hour: 50, cause: 'MissedDeployment', remedy: 'retry', state: 'Repairing' },
      { hour: 51, cause: 'MissedDeployment', state: 'Recovered' },
    );
    expect(sicknessesOf({ history: course })).toEqual([
      {
        cause: 'StuckDeployment',
        remedies: ['cancelExecution', 'retry'],
        isTold: true,
        state: 'Recovered',
        since: 51 * HOUR,
      },
    ]);
  });

  test('are counted by cause, the commonest first, with what came of them', () => {
    const records = [
      record('a', { history: history({ hour: 1, cause: 'Silent', state: 'Escalated' }) }),
      record('b', { history: history({ hour: 1, ...broken }, { hour: 2, ...well }) }),
      record('c', { history: history({ hour: 1, ...broken }) }),
    ];
    expect(causeReports(records)).toEqual([
      {
        ...{ cause: 'BrokenComponent', sicknesses: 2, done: { redeliver: 2 }, told: 0 },
        ...{ recovered: 1, withPerson: 0, waiting: 1 },
      },
      {
        ...{ cause: 'Silent', sicknesses: 1, done: {}, told: 1 },
        ...{ recovered: 0, withPerson: 1, waiting: 0 },
      },
    ]);
  });
});
