import type { Clock } from '../clock.js';
import type { WireResponse } from '../wire/rest-json.js';
import type { DataDirectory } from './data-directory.js';
import { DataDirectoryError } from './data-directory-error.js';
import type { KeptCall, KeptInjection } from './entries.js';
import { answerOf } from './journal.js';

/** What does things again. */
export interface Repeating {
  repeatCall(call: KeptCall): WireResponse;
  repeatInjection(injection: KeptInjection): void;
}

/**
 * Does again what a journal holds, each thing at its time, so that the account and the fleet are what they were. Throws a
 * DataDirectoryError if a call is answered otherwise than it was.
 */
export function replay(
  { file, entries }: Pick<DataDirectory, 'file' | 'entries'>,
  clock: Clock,
  repeating: Repeating,
): void {
  for (const [index, entry] of entries.entries())
    clock.at(entry.at, () => {
      if ('inject' in entry) repeating.repeatInjection(entry.inject);
      if (!('call' in entry) || answerOf(repeating.repeatCall(entry.call)) === entry.answer) return;
      const { method, path } = entry.call;
      throw new DataDirectoryError(
        `${file}: ${method} ${path}, entry ${index + 1}, isn't answered as it was: the emulator that wrote it behaves ` +
          'otherwise than this one. Start with that one, or with another directory',
      );
    });
}
