import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Emulator,
  type EmulatorClock,
  type EmulatorEvent,
  type EmulatorOptions,
  startEmulator,
} from '../emulator/main.js';
import { countCalls } from './call-counts.js';
import type { ApiOptions } from './api.js';
import { deploy } from './deploy.js';
import { startDynamoDb } from './dynamodb.js';
import type { Host } from './host.js';
import type { SandboxOptions } from './lambda/sandbox.js';
import { createRoutes } from './routes.js';
import { type LocalServer, startServer } from './server.js';
import { createServices } from './services.js';
import type { PublishedMessage } from './sns/topics.js';

export interface LocalCloudOptions {
  /** The fleet file's path, or what is in it. */
  readonly fleet: EmulatorOptions['fleet'];
  /** Left out or 0: a free one; of no meaning on a host, which has its port. */
  readonly port?: number;
  /** Where local clouds run one after the other, so that functions are loaded once for all of them. */
  readonly host?: Host | undefined;
  readonly timeScale?: NonNullable<EmulatorOptions['timeScale']>;
  /** Refused unless it is the stage that the template was packaged for; left out, that stage. */
  readonly stage?: string;
  /** The package root: the folder that holds `dist/`. */
  readonly root?: string;
  /** Takes what the functions write and what the local cloud has to say, line by line. */
  readonly onLog?: (line: string) => void;
  /** Hears each message that is published to a topic, which is all that becomes of it. */
  readonly onMessage?: (message: PublishedMessage) => void;
  /** For tests of recovery: asked before each invocation whether its worker dies between effect and answer. */
  readonly killAfterEffect?: SandboxOptions['killAfterEffect'];
}

export interface LocalCloud {
  readonly url: string;
  readonly clock: EmulatorClock;
  readonly emulator: Emulator;
  /** How often each operation of each service was called since the start; `Lambda.Invoke` by whomever. */
  calls(): Record<string, number>;
  /** What was published to topics, oldest first. */
  messages(): PublishedMessage[];
  close(): Promise<void>;
}

/** `local/main.ts` and the bundle `dist/cli.mjs` both are one folder below the package root. */
const packageRoot = () => fileURLToPath(new URL('..', import.meta.url));

/**
 * Starts the emulated fleet and, on one port of 127.0.0.1, every service that the packaged template needs.
 * Resolves when the whole template is deployed; throws on what it can't run, with nothing left open.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { fleet, port = 0, timeScale, stage, onLog = () => undefined } = options;
  const { killAfterEffect, onMessage = () => undefined, host } = options;
  const root = join(options.root ?? packageRoot());
  const counts = countCalls();
  const count = (service: string, operation: string) => counts.count(service, operation);
  // What happens before the stack is there finds no rule.
  let receive = (_: EmulatorEvent): void => undefined;
  const emulator = await startEmulator({
    fleet,
    ...(timeScale !== undefined && { timeScale }),
    onEvent: (event) => receive(event),
  });
  const server = await serverOf(host, port).catch(closing(() => emulator.close()));
  const dynamoDb = startDynamoDb((operation) => count('DynamoDB', operation));
  const services = createServices({
    emulator,
    url: server.url,
    root,
    onLog,
    onCall: count,
    onMessage,
    killAfterEffect,
    warmWorkers: host?.warmWorkers,
  });
  const { functions, eventBus, topics } = services;
  receive = (event) => eventBus.receive(event);
  const close = async () => {
    await functions.close();
    await server.close();
    dynamoDb.close();
    await emulator.close();
  };
  const calls = () => ({ ...emulator.inspect.calls(), ...counts.read() });
  const api = (service: string): ApiOptions => ({
    onLog,
    onCall: (operation) => count(service, operation),
  });
  server.serve(createRoutes({ emulator, services, dynamoDb }, { api, calls }));
  await deploy({ root, url: server.url, stage, emulator, services }).catch(closing(close));
  counts.reset();
  const messages = () => topics.messages();
  return { url: server.url, clock: emulator.clock, emulator, calls, messages, close };
}

/** Closing the server of a host gives the host back; the port stays open. */
async function serverOf(host: Host | undefined, port: number): Promise<LocalServer> {
  if (!host) return startServer(port);
  host.enter();
  return { ...host.server, close: () => Promise.resolve(host.leave()) };
}

const closing =
  (close: () => Promise<void>) =>
  async (error: unknown): Promise<never> => {
    await close();
    throw error;
  };
