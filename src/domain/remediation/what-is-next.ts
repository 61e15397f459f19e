import { formatDuration } from '../duration.js';
import type { DeviceRecord } from './device-record.js';
import { personWord } from './diagnosis.js';

const minutes = (milliseconds: number) =>
  formatDuration(Math.max(60, Math.round(milliseconds / 60_000) * 60));

/** What comes next for a device that was found sick, as a person reads it. */
export function whatIsNext(record: DeviceRecord, now: number): string {
  const { state, attempts, remedy, nextAt = now, owed } = record;
  const person = `a person: ${personWord(record)}; then greenwave remediate --target thing/${record.thing}`;
  switch (state) {
    case 'Repairing':
      return `attempt ${attempts}, ${remedy}: it is verified by what the device reports`;
    case 'BackingOff': {
      const when =
        nextAt > now ? `not before ${minutes(nextAt - now)} from now` : 'at the next run';
      const what = owed === undefined ? 'another attempt' : `deployment ${owed} once more`;
      return `${what}, ${when}`;
    }
    case 'Escalated':
      return person;
    case 'Quarantined':
      return `no attempt any more; ${person}`;
    case 'Recovered':
      return 'nothing: it is well';
  }
}
