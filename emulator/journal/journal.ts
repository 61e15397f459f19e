import { open, type FileHandle } from 'node:fs/promises';
import type { TimeScale } from '../clock.js';
import type { Write } from '../dispatch.js';
import type { WireResponse } from '../wire/rest-json.js';
import type { DataDirectory } from './data-directory.js';
import { checksum, writeLine, type Entry, type KeptCall, type KeptInjection } from './entries.js';

/** What a later replay of the call has to answer again. */
export const answerOf = ({ status, body }: WireResponse): string => checksum(`${status}\n${body}`);

/** Keeps what comes from outside in a file, in the order in which it was done. */
export class Journal {
  readonly #file: FileHandle;
  readonly #timeScale: TimeScale;
  readonly #unlock: () => Promise<void>;
  /** The latest virtual time that it holds. */
  #at: number;
  #isReplaying = true;
  /** What waits for the lines before it to be written. */
  #waiting = '';
  /** All that was kept so far; rejects for ever once a write has failed. */
  #written: Promise<void> = Promise.resolve();

  /** The file is that of the directory, open for appending. Nothing is kept before `begin`. */
  constructor(file: FileHandle, { start, entries, unlock }: DataDirectory, timeScale: TimeScale) {
    this.#file = file;
    this.#timeScale = timeScale;
    this.#unlock = unlock;
    this.#at = entries.at(-1)?.at ?? start;
  }

  /** What the journal holds has been done again: from now on it is added to. */
  begin(): void {
    this.#isReplaying = false;
  }

  /** A call that was refused before anything was done isn't kept. */
  keepWrite(at: number, { service, request, input, response }: Write): void {
    const { method, path, query, body } = request;
    if (!input || body === 'too long') return;
    const call: KeptCall = {
      service: service.name,
      ...{ method, path, query, body: new TextDecoder().decode(body) },
    };
    this.#keep({ at, call, answer: answerOf(response) });
  }

  keepInjection(at: number, inject: KeptInjection): void {
    this.#keep({ at, inject });
  }

  /** Keeps that time has come so far. At scale 1 a restart goes on at the wall clock's time, which is never behind. */
  reach(at: number): void {
    if (at > this.#at && !(this.#timeScale === 1 && at <= Date.now())) this.#keep({ at });
  }

  /**
   * Resolves once whatever has been kept is on disk, and that time has come so far: what somebody is told afterwards is
   * still true after a restart. Rejects if the file can't be written.
   */
  async settle(at: number): Promise<void> {
    this.reach(at);
    await this.#written;
  }

  /** Gives the directory back. */
  async close(): Promise<void> {
    await this.#written.catch(() => undefined);
    await this.#file.close();
    await this.#unlock();
  }

  #keep(entry: Entry): void {
    if (this.#isReplaying) return;
    this.#at = entry.at;
    const isFirst = this.#waiting === '';
    this.#waiting += writeLine(entry);
    if (!isFirst) return;
    this.#written = this.#written.then(() => this.#write());
    // Whoever settles hears of it.
    this.#written.catch(() => undefined);
  }

  /** What has been kept while the last lines were written goes to disk in one piece. */
  async #write(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    await this.#file.appendFile(text);
    await this.#file.datasync();
  }
}

/** The journal of a data directory, to be added to once what it holds has been done again. */
export async function openJournal(data: DataDirectory, timeScale: TimeScale): Promise<Journal> {
  const file = await open(data.file, 'a').catch(async (error: unknown) => {
    await data.unlock();
    throw error;
  });
  return new Journal(file, data, timeScale);
}
