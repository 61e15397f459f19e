import type { RequestListener, Server } from 'node:http';
import { assemble } from './assemble.js';
import { checkOptions } from './check-options.js';
import { createClock, type Clock, type TimeScale } from './clock.js';
import type { EventEnvelope } from './event-envelope.js';
import type { FleetFile } from './fleet-file.js';
import { buildFleetFile } from './fleet-of.js';
import { createHttpServer } from './http-server.js';
import type { Inject } from './inject.js';
import type { Inspect } from './inspect.js';
import { openDataDirectory, type DataDirectory } from './journal/data-directory.js';
import { openJournal, type Journal } from './journal/journal.js';
import { replay } from './journal/replay.js';
import { settledClock } from './journal/settled-clock.js';
import { loadFleet, loadFleetFile, parseFleet, type LoadedFleet } from './load-fleet-file.js';

export interface EmulatorOptions {
  /** The path of a fleet file, or its content; paths in the content are relative to the working directory. */
  readonly fleet: string | FleetFile;
  /** A free one by default. */
  readonly port?: number;
  /** Real time by default. */
  readonly timeScale?: TimeScale;
  /** Whether requests beyond the quotas of an account are throttled; off by default. */
  readonly quotas?: boolean;
  /** Where what is done is kept, so that a restart goes on from there; left out, nothing is kept. */
  readonly dataDir?: string;
  /** Hears what EventBridge would hand to a rule's targets, faults included. */
  readonly onEvent?: (event: EventEnvelope) => void;
}

/** A running emulator of Greengrass V2 and AWS IoT with its fleet. */
export interface Emulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly clock: Clock;
  /** The same services for a larger server to mount. */
  readonly handle: RequestListener;
  readonly inspect: Inspect;
  readonly inject: Inject;
  close(): Promise<void>;
}

/** Builds the fleet of a test, without files. */
export const fleetOf = buildFleetFile;

/** The fleet, event, clock and time scale of an emulator, for those who know it by this entry alone. */
export type EmulatorFleet = FleetFile;
export type EmulatorEvent = EventEnvelope;
export type EmulatorClock = Clock;
export type EmulatorTimeScale = TimeScale;

/** Where virtual time starts unless it runs with the wall clock: the same seed then has the same history. */
const START = Date.UTC(2026, 0, 5, 8);

/**
 * Builds the fleet and serves its cloud on 127.0.0.1. Throws a TypeError for an option that isn't right, a FleetFileError where
 * the fleet can't be used, and a DataDirectoryError where the data directory can't.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  checkOptions(options);
  const { timeScale = 1, dataDir, port = 0 } = options;
  const { loaded, file } = await load(options.fleet);
  const now = timeScale === 1 ? Date.now() : START;
  const data = dataDir === undefined ? undefined : await openDataDirectory(dataDir, loaded, now);
  const journal = data && (await openJournal(data, timeScale));
  const start = data?.start ?? now;
  const clock = createClock({ start, timeScale });
  const release = async () => {
    clock.close();
    await journal?.close();
  };
  try {
    const { handle, ...emulator } = build({ loaded, file, start, clock, journal, data, options });
    const server = createHttpServer(handle);
    const url = await listen(server, port);
    return {
      ...{ ...emulator, handle, url },
      clock: journal ? settledClock(clock, journal) : clock,
      close: once(async () => {
        await stop(server);
        await release();
      }),
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function load(source: EmulatorOptions['fleet']) {
  if (typeof source === 'string') return { loaded: await loadFleetFile(source), file: source };
  const file = 'fleet';
  return { loaded: await loadFleet(parseFleet(source, file), file, process.cwd()), file };
}

interface Parts {
  readonly loaded: LoadedFleet;
  readonly file: string;
  readonly start: number;
  readonly clock: Clock;
  readonly journal: Journal | undefined;
  readonly data: DataDirectory | undefined;
  readonly options: EmulatorOptions;
}

/** Builds the fleet and does again what the data directory holds. Nobody hears of it, and it takes no virtual time. */
function build({ loaded, file, start, clock, journal, data, options }: Parts) {
  let isLive = false;
  const { quotas = false, onEvent } = options;
  const { repeating, ...emulator } = clock.at(start, () =>
    assemble({
      ...{ loaded, file, clock, journal },
      hasQuotas: quotas,
      onEvent: (event) => {
        if (isLive) onEvent?.(event);
      },
    }),
  );
  if (data) replay(data, clock, repeating);
  isLive = true;
  journal?.begin();
  const last = data?.entries.at(-1)?.at ?? start;
  // With the wall clock, devices have lived on while nobody was there.
  clock.at(clock.timeScale === 1 ? Math.max(last, Date.now()) : last, () => undefined);
  return emulator;
}

const listen = (server: Server, port: number) =>
  new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no TCP port'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });

/** A test may well close what its clean-up closes too. */
function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}

const stop = (server: Server) =>
  new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
