import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { CreateThingCommand } from '@aws-sdk/client-iot';
import * as z from 'zod';
import type { Emulator } from '../../emulator/main.js';
import { thermostat } from '../support/fleets.js';
import { dataFile, startKeeping as start } from '../support/kept-emulator.js';

/** All that there is to be read. */
async function everything({ url, inspect }: Emulator) {
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  const devices = inspect.devices();
  return {
    truth: devices.map((name) => inspect.device(name)),
    deployments: inspect.deployments(),
    lists: await Promise.all(
      [
        ...['/greengrass/v2/components', '/greengrass/v2/deployments?historyFilter=ALL'],
        ...['/greengrass/v2/coreDevices?maxResults=100', '/things', '/thing-groups', '/jobs'],
        ...devices.flatMap((name) => [
          `/greengrass/v2/coreDevices/${name}/effectiveDeployments`,
          `/greengrass/v2/coreDevices/${name}/installedComponents`,
        ]),
      ].map(read),
    ),
  };
}

test('a restart finds everything as it was, and time where it was', async () => {
  const { emulator, iot, deploy, publish } = await start();
  await iot.send(new CreateThingCommand({ thingName: 'lamp-1' }));
  await publish('1.0.0');
  await deploy('1.1.0', { deploymentName: 'first' });
  await emulator.clock.advance(300);
  await expect(publish('1.0.0')).rejects.toMatchObject({ name: 'ConflictException' });
  emulator.inject.offline('thermostats-0003');
  expect(() => emulator.inject.offline('nobody')).toThrow('no core device');
  emulator.inject.join('thermostats-0021', 'thermostats');
  emulator.inject.componentState(thermostat, '1.1.0', { vendorGuidance: 'DELETED' });
  await deploy('1.0.0', { deploymentName: 'second' });
  await emulator.clock.advance(3600);
  await deploy('1.1.0', { deploymentName: 'of what is deleted' });
  await emulator.clock.advance(3600);
  const [now, before] = [emulator.clock.now(), await everything(emulator)];
  await emulator.close();

  const again = await start();
  expect(again.emulator.clock.now()).toBe(now);
  expect(await everything(again.emulator)).toEqual(before);
  await again.deploy('1.1.0', { deploymentName: 'third' });
  await again.emulator.clock.advance(60);
  const later = await everything(again.emulator);
  await again.emulator.close();
  expect(await everything((await start()).emulator)).toEqual(later);
});

test('what happened late in real time happens again at the same time', async () => {
  const { emulator, deploy } = await start({ timeScale: 2000 });
  await deploy('1.1.0');
  const busy = new Int32Array(new SharedArrayBuffer(4));
  for (let i = 0; i < 20; i += 1) {
    Atomics.wait(busy, 0, 0, 20);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await deploy('1.0.0');
  const { clock, inspect } = emulator;
  const truth = () => inspect.devices().map((name) => inspect.device(name));
  const before = clock.moment(() => ({
    at: clock.now(),
    ...{ devices: truth(), deployments: inspect.deployments() },
  }));
  expect(before.deployments[1]?.executions.some(({ status }) => status === 'FAILED')).toBe(true);
  await emulator.close();

  const again = (await start()).emulator;
  await again.clock.advance((before.at - again.clock.now()) / 1000);
  expect({
    at: again.clock.now(),
    devices: again.inspect.devices().map((name) => again.inspect.device(name)),
    deployments: again.inspect.deployments(),
  }).toEqual(before);
});

test('a restart doesn’t go back behind a time that somebody was told', async () => {
  const { emulator } = await start({ timeScale: 600 });
  const response = await fetch(`${emulator.url}/_greenwave/clock`);
  const told = z.object({ now: z.string() }).parse(await response.json()).now;
  await emulator.close();
  const again = (await start()).emulator;
  expect(again.clock.now()).toBeGreaterThanOrEqual(Date.parse(told));
});

test('with the wall clock, devices live on while nobody is there', async () => {
  const { emulator, deploy } = await start({ timeScale: 1 });
  await deploy('1.1.0');
  await emulator.clock.advance(3600);
  const told = emulator.clock.now();
  await emulator.close();
  const again = (await start({ timeScale: 1 })).emulator;
  expect(again.clock.now()).toBeGreaterThanOrEqual(told);
  expect(again.inspect.deployments()[1]?.executions).not.toContainEqual(
    expect.objectContaining({ status: 'QUEUED' }),
  );
});

test('nobody hears again of events that were there before', async () => {
  const { emulator, deploy } = await start();
  await deploy('1.1.0');
  await emulator.clock.advance(3600);
  await emulator.close();
  const events: unknown[] = [];
  const again = await start({ onEvent: (event) => events.push(event) });
  expect(events).toEqual([]);
  await again.deploy('1.0.0');
  await again.emulator.clock.advance(600);
  expect(events.length).toBeGreaterThan(0);
});

test('a client token is known after a restart', async () => {
  const first = await start();
  first.emulator.inject.fault('Greengrass.CreateDeployment', { slowSeconds: 0.3 });
  const deploying = first.deploy('1.1.0', { clientToken: 'once' });
  while (first.emulator.inspect.deployments().length === 1)
    await new Promise((resolve) => setImmediate(resolve));
  // What was refused as the first was still under way is not done again.
  await expect(first.deploy('1.1.0', { clientToken: 'once' })).rejects.toThrow('in progress');
  const { deploymentId } = await deploying;
  await first.emulator.close();
  const again = await start();
  expect((await again.deploy('1.1.0', { clientToken: 'once' })).deploymentId).toBe(deploymentId);
});

test('times that nobody needs are left out of the journal when it is read', async () => {
  const { emulator } = await start();
  for (let i = 0; i < 50; i += 1) await emulator.clock.advance(60);
  await emulator.close();
  expect((await readFile(dataFile('journal'), 'utf8')).split('\n')).toHaveLength(52);
  await (await start()).emulator.close();
  expect((await readFile(dataFile('journal'), 'utf8')).split('\n')).toHaveLength(3);
});
