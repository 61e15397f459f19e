import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../error-code.js';
import type { LoadedFleet } from '../load-fleet-file.js';
import { packageVersion } from '../version.js';
import { DataDirectoryError } from './data-directory-error.js';
import { lockDirectory } from './directory-lock.js';
import { writeLine, type Entry, type Header } from './entries.js';
import { readJournal } from './read-journal.js';

/** A directory that holds what an emulator has been told, taken for this process. */
export interface DataDirectory {
  /** The journal's path. */
  readonly file: string;
  /** Where virtual time starts. */
  readonly start: number;
  /** What has to be done again. */
  readonly entries: readonly Entry[];
  readonly unlock: () => Promise<void>;
}

function digestOf({ spec, recipes, artifacts }: LoadedFleet): string {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const { bytes } of recipes) hash.update(bytes);
  for (const [uri, bytes] of artifacts) hash.update(uri).update(bytes);
  return hash.digest('hex');
}

const readIfThere = (file: string) =>
  readFile(file).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return new Uint8Array();
    throw error;
  });

/** A file is there, and whole, once this has resolved; before, the former one is. */
async function replaceFile(
  directory: string,
  file: string,
  content: Iterable<string>,
): Promise<void> {
  const fresh = `${file}.new`;
  await writeFile(fresh, content, { flush: true });
  await rename(fresh, file);
  const handle = await open(directory);
  await handle.sync().finally(() => handle.close());
}

function refuse(file: string, found: Header, wanted: Header): void {
  const other = 'start with the one that it was written with, or with another directory';
  if (found.greenwave !== wanted.greenwave)
    throw new DataDirectoryError(
      `${file} was written by greenwave ${found.greenwave}, this is ${wanted.greenwave}: ${other}`,
    );
  if (found.fleet !== wanted.fleet)
    throw new DataDirectoryError(
      `${file} belongs to another fleet file, or one of its files has changed: ${other}`,
    );
}

const isTime = (entry: Entry) => !('call' in entry) && !('inject' in entry);

/** The same without those times that a later entry's time says too. */
const withoutTimes = (entries: readonly Entry[]) =>
  entries.filter((entry, index) => !isTime(entry) || index === entries.length - 1);

/**
 * Takes a directory, makes it if need be, and reads what it holds. A torn last line is cut off. Throws a
 * DataDirectoryError if it is in use, damaged, or of another fleet or version.
 */
export async function openDataDirectory(
  directory: string,
  loaded: LoadedFleet,
  start: number,
): Promise<DataDirectory> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
    throw new DataDirectoryError(`${directory} is a file; name a directory`);
  });
  const unlock = await lockDirectory(join(directory, 'lock'));
  const file = join(directory, 'journal');
  try {
    const bytes = await readIfThere(file);
    const { header, entries, length } = readJournal(file, bytes);
    const wanted: Header = { greenwave: packageVersion(), fleet: digestOf(loaded), start };
    const kept = header ?? wanted;
    refuse(file, kept, wanted);
    const needed = withoutTimes(entries);
    if (!header || length < bytes.byteLength || needed.length < entries.length)
      await replaceFile(directory, file, [kept, ...needed].map(writeLine));
    return { file, start: kept.start, entries: needed, unlock };
  } catch (error) {
    await unlock();
    throw error;
  }
}
