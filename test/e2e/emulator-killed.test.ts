import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
  GetComponentCommand,
  GetDeploymentCommand,
  GreengrassV2Client,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-greengrassv2';
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { draw } from '../../emulator/fleet/random.js';
import { fleetOnDisk } from '../support/fleet-on-disk.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { groupArn } from '../support/start-fleet.js';
import { greenwaveEmulator } from './run-greenwave.js';

/** Each round starts the program once. */
jest.setTimeout(180_000);

const SEED = 7;
const ROUNDS = 6;

let fleet: Awaited<ReturnType<typeof fleetOnDisk>>;
let dataDir: string;

beforeAll(async () => {
  fleet = await fleetOnDisk(thermostats(20));
  dataDir = await mkdtemp(join(tmpdir(), 'greenwave-killed-'));
});
afterAll(async () => {
  await fleet.remove();
  await rm(dataDir, { recursive: true });
});

function clients(url: string) {
  const config = {
    endpoint: url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  return { greengrass: new GreengrassV2Client(config), iot: new IoTClient(config) };
}

/** A check that what was acknowledged is there. */
type Check = (to: ReturnType<typeof clients>) => Promise<void>;

/** One write of each kind in turn; resolves, once it is acknowledged, to how to find it. */
async function write(
  { greengrass, iot }: ReturnType<typeof clients>,
  number: number,
): Promise<Check> {
  const name = `n${number}`;
  switch (number % 4) {
    case 0: {
      const recipe = Buffer.from(
        `{"RecipeFormatVersion":"2020-01-25","ComponentName":"com.example.${name}","ComponentVersion":"1.0.0",` +
          '"ComponentPublisher":"Example","Manifests":[{"Platform":{"os":"linux"}}]}',
      );
      const create = new CreateComponentVersionCommand({ inlineRecipe: recipe });
      const { arn } = await greengrass.send(create);
      return async (to) => {
        const found = await to.greengrass.send(new GetComponentCommand({ arn }));
        expect(Buffer.from(found.recipe ?? [])).toEqual(recipe);
      };
    }
    case 1: {
      const created = await greengrass.send(
        new CreateDeploymentCommand({
          targetArn: groupArn('thermostats'),
          deploymentName: name,
          components: { [thermostat]: { componentVersion: '1.1.0' } },
        }),
      );
      const { deploymentId } = created;
      return async (to) =>
        expect(await to.greengrass.send(new GetDeploymentCommand({ deploymentId }))).toMatchObject({
          ...{ deploymentName: name, iotJobId: created.iotJobId },
        });
    }
    case 2: {
      const { thingId } = await iot.send(new CreateThingCommand({ thingName: name }));
      return async (to) =>
        expect(await to.iot.send(new DescribeThingCommand({ thingName: name }))).toMatchObject({
          thingId,
        });
    }
    default: {
      const resourceArn = 'arn:aws:greengrass:eu-west-1:123456789012:coreDevices:thermostats-0001';
      await greengrass.send(new TagResourceCommand({ resourceArn, tags: { [name]: 'kept' } }));
      return async (to) => {
        const found = await to.greengrass.send(new ListTagsForResourceCommand({ resourceArn }));
        expect(found.tags).toMatchObject({ [name]: 'kept' });
      };
    }
  }
}

test(`killed at ${ROUNDS} random moments, it has every write that it acknowledged (seed ${SEED})`, async () => {
  const checks: Check[] = [];
  const scales = ['1', '600', 'max'];
  let number = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const args = ['--time-scale', scales[round % scales.length] ?? '1', '--data', dataDir];
    const emulator = await greenwaveEmulator(['--fleet', fleet.file, ...args]);
    const to = clients(emulator.url);
    for (const check of checks) await check(to);

    const last = 1 + Math.floor(draw(SEED, 'acknowledged', round) * 40);
    let acknowledged = 0;
    const progress = new EventEmitter();
    const enough = once(progress, 'enough');
    /** Writes until the program is gone. */
    const writeOn = async () => {
      for (;;) {
        const check = await write(to, (number += 1)).catch(() => undefined);
        if (!check) return;
        checks.push(check);
        if ((acknowledged += 1) === last) progress.emit('enough');
      }
    };
    const writers = Array.from({ length: 6 }, writeOn);
    await enough;
    await emulator.kill();
    await Promise.all(writers);
  }
  expect(checks.length).toBeGreaterThan(ROUNDS);
  const journal = await readFile(join(dataDir, 'journal'), 'utf8');
  expect(journal.split('\n').length).toBeGreaterThan(checks.length);
});

test('it ends with Ctrl-C, and gives the directory back', async () => {
  const args = ['--fleet', fleet.file, '--data', dataDir];
  const first = await greenwaveEmulator(args);
  await expect(greenwaveEmulator(args)).rejects.toThrow('is using this directory');
  expect(await first.stop()).toBe(0);
  expect(await (await greenwaveEmulator(args)).stop()).toBe(0);
});
