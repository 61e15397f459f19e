import { expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
  GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import { startEmulator } from '../../emulator/main.js';
import { closing } from '../support/closing.js';
import { groupArn } from '../support/emulated-cloud.js';

async function start() {
  const fleet = { thingGroups: { fleet: { count: 1 } } };
  const emulator = closing(await startEmulator({ fleet, timeScale: 'max' }));
  const greengrass = new GreengrassV2Client({
    endpoint: emulator.url,
    region: emulator.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { emulator, greengrass };
}

const recipe = Buffer.from(
  '{"RecipeFormatVersion":"2020-01-25","ComponentName":"com.example.A","ComponentVersion":"1.0.0"}',
);

test.each([
  [
    'CreateDeployment',
    async (client: GreengrassV2Client, clientToken: string) =>
      (
        await client.send(
          new CreateDeploymentCommand({ targetArn: groupArn('fleet'), clientToken }),
        )
      ).deploymentId,
  ],
  [
    'CreateComponentVersion',
    async (client: GreengrassV2Client, clientToken: string) =>
      (await client.send(new CreateComponentVersionCommand({ inlineRecipe: recipe, clientToken })))
        .arn,
  ],
])(
  '%s refuses a client token while its first call is under way, and replays it then',
  async (operation, call) => {
    const { emulator, greengrass } = await start();
    emulator.inject.fault(`Greengrass.${operation}`, { slowSeconds: 0.5 });
    const first = call(greengrass, 'same');
    while (emulator.inspect.calls()[`Greengrass.${operation}`] !== 1)
      await new Promise((resolve) => setImmediate(resolve));
    await expect(call(greengrass, 'same')).rejects.toMatchObject({
      name: 'RequestAlreadyInProgressException',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    const answer = await first;
    expect(answer).toBeDefined();
    expect(await call(greengrass, 'same')).toBe(answer);
  },
);
