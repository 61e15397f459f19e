import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  GreengrassV2Client,
  ListCoreDevicesCommand,
  ListDeploymentsCommand,
  ThrottlingException,
} from '@aws-sdk/client-greengrassv2';
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeThingCommand,
  IoTClient,
  ListJobsCommand,
  ListThingGroupsCommand,
  ListThingsInThingGroupCommand,
  SearchIndexCommand,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot';
import { startEmulator, type Emulator } from '../../emulator/main.js';

let emulator: Emulator;
let greengrass: GreengrassV2Client;
let iot: IoTClient;

const start = async (region: string, quotas: boolean) => {
  emulator = await startEmulator({ fleet: { region }, timeScale: 'max', quotas });
  const config = {
    endpoint: emulator.url,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  greengrass = new GreengrassV2Client(config);
  iot = new IoTClient(config);
};

beforeEach(() => start('eu-west-1', true));
afterEach(() => emulator.close());

/** How many of so many requests, one after the other, are throttled. */
async function throttledOf(count: number, request: () => Promise<unknown>): Promise<number> {
  let throttled = 0;
  for (let i = 0; i < count; i += 1)
    await request().catch((error: Error) => {
      expect(error.name).toBe('ThrottlingException');
      throttled += 1;
    });
  return throttled;
}

const listCoreDevices = () => greengrass.send(new ListCoreDevicesCommand({}));
const listDeployments = () => greengrass.send(new ListDeploymentsCommand({}));

const publish = (version: string) =>
  greengrass.send(
    new CreateComponentVersionCommand({
      inlineRecipe: new TextEncoder().encode(
        JSON.stringify({
          RecipeFormatVersion: '2020-01-25',
          ComponentName: 'com.example.Lamp',
          ComponentVersion: version,
          ComponentPublisher: 'Example',
          Manifests: [{ Platform: { os: 'linux' }, Lifecycle: { Run: 'true' } }],
        }),
      ),
    }),
  );

test('30 requests a second, whatever their operation; the next is throttled and says when to come again', async () => {
  expect(await throttledOf(20, listCoreDevices)).toBe(0);
  expect(await throttledOf(12, listDeployments)).toBe(2);
  const error: unknown = await listDeployments().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ThrottlingException);
  expect(error).toMatchObject({ retryAfterSeconds: 1, $metadata: { httpStatusCode: 429 } });
  const response = await fetch(`${emulator.url}/greengrass/servicerole`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
});

test('the quota refills with the emulator’s time, and not beyond a second’s worth', async () => {
  expect(await throttledOf(40, listDeployments)).toBe(10);
  await emulator.clock.advance(0.5);
  expect(await throttledOf(20, listDeployments)).toBe(5);
  await emulator.clock.advance(3600);
  expect(await throttledOf(40, listDeployments)).toBe(10);
});

test('component versions have a quota of their own: one a second', async () => {
  await publish('1.0.0');
  await expect(publish('1.0.1')).rejects.toMatchObject({ retryAfterSeconds: 1 });
  expect(await throttledOf(30, listDeployments)).toBe(0);
  await emulator.clock.advance(1);
  await publish('1.0.1');
});

test('operations of AWS IoT have one each', async () => {
  const thing = { thingName: 'a', thingGroupName: 'all' };
  await iot.send(new CreateThingCommand({ thingName: 'a' }));
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'all' }));
  const queryString = 'thingName:a';
  expect(
    await Promise.all([
      throttledOf(12, () => iot.send(new ListJobsCommand({}))),
      throttledOf(102, () => iot.send(new AddThingToThingGroupCommand(thing))),
      throttledOf(102, () => iot.send(new UpdateThingGroupsForThingCommand({ thingName: 'a' }))),
      throttledOf(27, () => iot.send(new ListThingsInThingGroupCommand(thing))),
      throttledOf(352, () => iot.send(new DescribeThingCommand({ thingName: 'a' }))),
      throttledOf(17, () => iot.send(new SearchIndexCommand({ queryString }))),
      throttledOf(40, () => iot.send(new ListThingGroupsCommand({}))),
    ]),
  ).toEqual([2, 2, 2, 2, 2, 2, 0]);
});

test('a throttled request has no effect and is counted as a call', async () => {
  await publish('1.0.0');
  await expect(publish('1.0.1')).rejects.toBeInstanceOf(ThrottlingException);
  await emulator.clock.advance(10);
  await publish('1.0.1');
  expect(emulator.inspect.calls()).toEqual({ 'Greengrass.CreateComponentVersion': 3 });
});

test.each(['cn-north-1', 'us-gov-west-1'])('in %s it is 10 requests a second', async (region) => {
  await emulator.close();
  await start(region, true);
  expect(await throttledOf(12, listDeployments)).toBe(2);
});

test('without quotas nothing is throttled', async () => {
  await emulator.close();
  await start('eu-west-1', false);
  expect(await throttledOf(100, listDeployments)).toBe(0);
});
