import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import dynalite from 'dynalite';
import * as z from 'zod';
import type { FleetFile } from '../emulator/fleet-file.js';
import { startEmulator, type Emulator } from '../emulator/main.js';
import { packageRoot } from './world.js';

const COMPONENT = 'com.example.Thermostat';
const GROUP = 'thermostats';

/** Core devices that all run a component, as a group deployment gave it to them. */
const fleetOf = (count: number): FleetFile => ({
  components: ['1.0.0', '1.1.0'].map((version) =>
    join(packageRoot, `examples/recipes/thermostat-${version}.yaml`),
  ),
  thingGroups: {
    [GROUP]: { count, deployed: { [COMPONENT]: { componentVersion: '1.0.0' } } },
  },
});

const start = (count: number) => startEmulator({ fleet: fleetOf(count), timeScale: 'max' });

/** Of this process, on all cores together. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** How long a piece of work took, and how much of a core. */
export const Spent = z.strictObject({ wallSeconds: z.number(), cpuSeconds: z.number() });
export type Spent = z.infer<typeof Spent>;

async function spent<T>(work: () => Promise<T>): Promise<{ result: T; spent: Spent }> {
  const wall = performance.now();
  const cpu = cpuSeconds();
  const result = await work();
  return {
    result,
    spent: { wallSeconds: (performance.now() - wall) / 1000, cpuSeconds: cpuSeconds() - cpu },
  };
}

/** What is in use once all that can go has gone. */
function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node.js has no gc');
  Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function serveDynalite(): Promise<string> {
  const server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const Big = z.strictObject({
  start: Spent,
  settled: Spent,
  virtualHours: z.number(),
  heapMegabytes: z.number(),
});
export type Big = z.infer<typeof Big>;

/** Counts devices without going through their executions one by one. */
const isSettled = ({ inspect }: Emulator, count: number) =>
  inspect.versions(COMPONENT)['1.1.0'] === count;

/** A deployment to all devices of a large fleet, in virtual time until the last has it. */
async function deployToAll(count: number): Promise<Big> {
  const { result: emulator, spent: startSpent } = await spent(() => start(count));
  const began = emulator.clock.now();
  const { spent: settled } = await spent(async () => {
    const response = await fetch(new URL('/greengrass/v2/deployments', emulator.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        targetArn: `arn:aws:iot:${emulator.region}:${emulator.account}:thinggroup/${GROUP}`,
        components: { [COMPONENT]: { componentVersion: '1.1.0' } },
      }),
    });
    if (!response.ok) throw new Error(await response.text());
    while (!isSettled(emulator, count)) await emulator.clock.advance(600);
  });
  const virtualHours = (emulator.clock.now() - began) / 3_600_000;
  const megabytes = heapMegabytes();
  await emulator.close();
  return { start: startSpent, settled, virtualHours, heapMegabytes: megabytes };
}

/** A worker process does one of these, and `cpu` besides; what it serves it serves until it is stopped. */
export async function runEmulatorJob(job: string): Promise<unknown> {
  const [name, argument] = job.split(' ');
  const count = Number(argument);
  switch (name) {
    case 'serve-emulator':
      return (await start(count)).url;
    case 'serve-dynalite':
      return serveDynalite();
    case 'cpu':
      return cpuSeconds();
    case 'start':
      return (await spent(() => start(count))).spent;
    case 'deploy':
      return deployToAll(count);
    default:
      throw new Error(`there is no job ${job}`);
  }
}
