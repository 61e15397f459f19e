import { DataDirectoryError } from './data-directory-error.js';
import { Entry, Header, readLine } from './entries.js';

/** What a journal file holds. */
export interface JournalContent {
  /** Undefined: nothing was ever kept. */
  readonly header: Header | undefined;
  readonly entries: readonly Entry[];
  /** How many bytes of it are whole lines. */
  readonly length: number;
}

const LINE_FEED = 10;

function* lines(bytes: Uint8Array) {
  for (let from = 0; ;) {
    const to = bytes.indexOf(LINE_FEED, from);
    if (to < 0) return;
    yield { line: bytes.subarray(from, to), end: to + 1 };
    from = to + 1;
  }
}

/**
 * Reads a journal. Its last line may be torn or missing in part, as the process was killed or the machine lost power while
 * it was written: nobody has had an answer for it, and it is left out. Throws a DataDirectoryError for a damaged line
 * before that.
 */
export function readJournal(file: string, bytes: Uint8Array): JournalContent {
  let header: Header | undefined;
  const entries: Entry[] = [];
  let length = 0;
  let number = 0;
  for (const { line, end } of lines(bytes)) {
    number += 1;
    const value = readLine(line);
    const parsed = (number === 1 ? Header : Entry).safeParse(value);
    if (!parsed.success) {
      if (end === bytes.byteLength) break;
      throw new DataDirectoryError(
        `${file}: line ${number} is damaged; what follows it can't be trusted. Start with another directory`,
      );
    }
    if ('start' in parsed.data) header = parsed.data;
    else entries.push(parsed.data);
    length = end;
  }
  return { header, entries, length };
}
