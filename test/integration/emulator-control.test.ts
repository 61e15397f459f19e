import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmulator, type Emulator } from '../../emulator/main.js';
import { thermostats, thermostat } from '../support/fleets.js';

let emulator: Emulator;

beforeAll(async () => {
  const fleet = thermostats(3);
  const all = { query: 'thingName:thermostats*' };
  emulator = await startEmulator({
    fleet: { ...fleet, thingGroups: { ...fleet.thingGroups, all } },
    timeScale: 'max',
  });
});
afterAll(() => emulator.close());

async function ask(path: string, body?: unknown) {
  const response = await fetch(
    `${emulator.url}/_greenwave/${path}`,
    body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
  );
  return { status: response.status, answer: await response.json() };
}

const inject = (body: unknown) => ask('inject', body);
const online = (thing: string) => emulator.inspect.device(thing).isOnline;

test('the clock is read and advanced', async () => {
  expect((await ask('clock')).answer).toEqual({
    now: '2026-01-05T08:00:00.000Z',
    timeScale: 'max',
  });
  expect((await ask('clock', { advanceSeconds: 60 })).answer).toEqual({
    now: '2026-01-05T08:01:00.000Z',
    timeScale: 'max',
  });
});

test('devices are inspected', async () => {
  const name = 'thermostats-0001';
  expect((await ask('devices')).answer).toEqual([name, 'thermostats-0002', 'thermostats-0003']);
  expect((await ask(`devices/${name}`)).answer).toMatchObject({
    thingName: name,
    isOnline: true,
    components: { [thermostat]: { version: '1.0.0', lifecycleState: 'RUNNING' } },
  });
  expect((await ask(`versions/${thermostat}`)).answer).toEqual({ '1.0.0': 3 });
  expect((await ask('deployments')).answer).toMatchObject([
    { versions: { [thermostat]: '1.0.0' } },
  ]);
});

test('what happens to a device is injected', async () => {
  const thing = 'thermostats-0002';
  expect(await inject({ does: 'offline', thing })).toEqual({ status: 200, answer: {} });
  expect(online(thing)).toBe(false);
  await inject({ does: 'online', thing });
  expect(online(thing)).toBe(true);
  await inject({ does: 'break', thing, component: thermostat });
  expect(emulator.inspect.device(thing).components[thermostat]?.lifecycleState).toBe('BROKEN');
  await inject({ does: 'join', thing: 'thermostats-0004', group: 'thermostats' });
  await inject({ does: 'leave', thing, group: 'thermostats' });
  expect(emulator.inspect.device(thing).groups).toEqual(['all']);
  await inject({ does: 'stick', thing });
  await inject({ does: 'retire', thing });
  expect(emulator.inspect.devices()).toEqual([
    'thermostats-0001',
    'thermostats-0003',
    'thermostats-0004',
  ]);
});

test('a fault of the next requests is injected', async () => {
  const operation = 'Greengrass.ListDeployments';
  await inject({ does: 'fault', operation, fault: 'throttle', times: 2 });
  await inject({ does: 'fault', operation, fault: { slowSeconds: 0.001 } });
  const list = async () => (await fetch(`${emulator.url}/greengrass/v2/deployments`)).status;
  expect([await list(), await list(), await list()]).toEqual([429, 429, 200]);
  expect((await ask('calls')).answer).toMatchObject({ [operation]: 3 });
});

test('a component version’s state is injected', async () => {
  const version = { component: thermostat, version: '1.1.0' };
  const failed = { state: 'FAILED', errors: { 's3://b/k': 'Access Denied' } };
  expect(await inject({ does: 'componentState', ...version, ...failed })).toEqual({
    ...{ status: 200, answer: {} },
  });
  const arn = `arn:aws:greengrass:eu-west-1:123456789012:components:${thermostat}:versions:1.1.0`;
  const { status } = (await (
    await fetch(`${emulator.url}/greengrass/v2/components/${encodeURIComponent(arn)}/metadata`)
  ).json()) as { status: unknown };
  expect(status).toMatchObject({
    ...{ componentState: 'FAILED', errors: { 's3://b/k': 'Access Denied' } },
  });
});

test.each([
  [{ does: 'explode', thing: 'thermostats-0001' }, 'does: Invalid'],
  [{ does: 'offline' }, 'thing: Invalid input'],
  [{ does: 'offline', thing: 'nobody' }, 'nobody is no core device of this fleet'],
  [
    { does: 'join', thing: 'thermostats-0001', group: 'nowhere' },
    "ThingGroup nowhere can't be found",
  ],
  [
    { does: 'componentState', component: thermostat, version: '1.0.0', state: 'SOLD' },
    'state: one of DEPLOYABLE, FAILED, DEPRECATED',
  ],
  [
    { does: 'break', thing: 'thermostats-0001', component: 'com.example.Thermometer' },
    'com.example.Thermometer is no component of thermostats-0001',
  ],
  [{ does: 'break', thing: 'nobody', component: thermostat }, 'nobody is no core device'],
  [{ does: 'stick', thing: 'nobody' }, 'nobody is no core device of this fleet'],
  [{ does: 'retire', thing: 'thermostats-0002' }, 'thermostats-0002 is no core device'],
  [
    { does: 'leave', thing: 'thermostats-0001', group: 'nowhere' },
    "ThingGroup nowhere can't be found",
  ],
  [
    { does: 'join', thing: 'thermostats-0005', group: 'nowhere' },
    "ThingGroup nowhere can't be found",
  ],
  [
    { does: 'join', thing: 'thermostats-0005', group: 'all' },
    'all is dynamic: its query says who is in it',
  ],
  [
    { does: 'fault', operation: 'Greengrass.Fly', fault: 'reset' },
    'Greengrass.Fly is no operation of the emulator',
  ],
])('%j is refused', async (body, message) => {
  const { status, answer } = await inject(body);
  expect(status).toBe(400);
  expect(answer).toEqual({ message: expect.stringContaining(message) as unknown });
  expect(emulator.inspect.devices()).not.toContain('thermostats-0005');
});

test('what isn’t JSON, and a path that there isn’t, are refused', async () => {
  const response = await fetch(`${emulator.url}/_greenwave/inject`, { method: 'POST', body: '{' });
  expect(response.status).toBe(400);
  expect((await ask('devices/%E0')).status).toBe(400);
  expect((await ask('secrets')).status).toBe(404);
});
