import type { RequestListener, Server } from 'node:http';
import { assemble } from './assemble.js';
import { createClock, type Clock, type TimeScale } from './clock.js';
import type { CloudEvent } from './cloud.js';
import type { FleetFile } from './fleet-file.js';
import type { Inject } from './inject.js';
import type { Inspect } from './inspect.js';
import { loadFleet, loadFleetFile, parseFleet } from './load-fleet-file.js';

export interface EmulatorOptions {
  /** The path of a fleet file, or its content; paths in the content are relative to the working directory. */
  readonly fleet: string | FleetFile;
  /** A free one by default. */
  readonly port?: number;
  /** Real time by default. */
  readonly timeScale?: TimeScale;
  /** Whether requests beyond the quotas of an account are throttled; off by default. */
  readonly quotas?: boolean;
  /** Hears what the services put on the event bus, faults included. */
  readonly onEvent?: (event: CloudEvent) => void;
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

/** The event, clock and time scale of an emulator, for those who know it by this entry alone. */
export type EmulatorEvent = CloudEvent;
export type EmulatorClock = Clock;
export type EmulatorTimeScale = TimeScale;

/** Where virtual time starts unless it runs with the wall clock: the same seed then has the same history. */
const START = Date.UTC(2026, 0, 5, 8);

/** Builds the fleet and serves its cloud on 127.0.0.1. Throws a FleetFileError where the fleet can't be used. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { fleet: source, timeScale = 1, onEvent = () => undefined } = options;
  const file = typeof source === 'string' ? source : 'fleet';
  const loaded =
    typeof source === 'string'
      ? await loadFleetFile(source)
      : await loadFleet(parseFleet(source, file), file, process.cwd());
  const clock = createClock({ start: timeScale === 1 ? Date.now() : START, timeScale });
  try {
    const hasQuotas = options.quotas ?? false;
    const { server, ...emulator } = assemble({ loaded, file, clock, hasQuotas, onEvent });
    const url = await listen(server, options.port ?? 0);
    return { ...emulator, url, clock, close: () => close(server, clock) };
  } catch (error) {
    clock.close();
    throw error;
  }
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

const close = (server: Server, clock: Clock) =>
  new Promise<void>((resolve, reject) => {
    clock.close();
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
