import { createWarmWorkers, type WarmWorkers } from './lambda/warm-workers.js';
import { type LocalServer, startServer } from './server.js';

/**
 * What local clouds share that run one after the other: the port, and functions that are loaded already, as those of Lambda
 * stay warm. Everything else is new with each cloud.
 */
export interface Host {
  readonly server: LocalServer;
  readonly warmWorkers: WarmWorkers;
  /** False while a local cloud runs on it. */
  readonly isFree: boolean;
  /** Throws unless it is free; the cloud gives it back with `leave`. */
  enter(): void;
  leave(): void;
  close(): Promise<void>;
}

/** Opens a host on a free port of 127.0.0.1. */
export async function startHost(): Promise<Host> {
  const server = await startServer(0);
  const warmWorkers = createWarmWorkers();
  let isFree = true;
  return {
    server,
    warmWorkers,
    get isFree() {
      return isFree;
    },
    enter() {
      if (!isFree) throw new Error('a local cloud runs on this host already');
      isFree = false;
    },
    leave() {
      server.serve(undefined);
      isFree = true;
    },
    async close() {
      await warmWorkers.close();
      await server.close();
    },
  };
}
