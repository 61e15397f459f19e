// A test of one's own against the emulator, for Jest. With Vitest, the next line ends in `from 'vitest'`.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  GreengrassV2Client,
  ListEffectiveDeploymentsCommand,
} from '@aws-sdk/client-greengrassv2';
import { fleetOf, startEmulator } from 'greenwave/emulator';

const component = 'com.example.Thermostat';
let emulator, greengrass;

beforeEach(async () => {
  emulator = await startEmulator({
    fleet: fleetOf({
      seed: 7,
      coreDevices: { thermostats: 20 },
      runs: { [component]: '1.0.0' },
      published: { [component]: ['1.1.0'] },
      behaviours: [{ component, version: '1.1.0', share: 0.2, outcome: 'FAILED' }],
    }),
    timeScale: 'max',
  });
  greengrass = new GreengrassV2Client({
    endpoint: emulator.url,
    region: emulator.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(async () => {
  greengrass.destroy();
  await emulator.close();
});

const deploy = (componentVersion) =>
  greengrass.send(
    new CreateDeploymentCommand({
      targetArn: `arn:aws:iot:${emulator.region}:${emulator.account}:thinggroup/thermostats`,
      components: { [component]: { componentVersion } },
    }),
  );

test('a deployment that fails on some devices leaves them what they had', async () => {
  await deploy('1.1.0');
  await emulator.clock.advance(3600);
  expect(emulator.inspect.versions(component)).toEqual({ '1.0.0': 5, '1.1.0': 15 });
});

test('a device that is away gets its deployment when it returns', async () => {
  const [away] = emulator.inspect.devices();
  emulator.inject.offline(away);
  const { deploymentId } = await deploy('1.1.0');
  const status = async () => {
    const { effectiveDeployments } = await greengrass.send(
      new ListEffectiveDeploymentsCommand({ coreDeviceThingName: away }),
    );
    return effectiveDeployments.find((each) => each.deploymentId === deploymentId)
      .coreDeviceExecutionStatus;
  };

  await emulator.clock.advance(86_400);
  expect(await status()).toBe('QUEUED');
  emulator.inject.online(away);
  await emulator.clock.advance(3600);
  expect(await status()).toBe('SUCCEEDED');
});

test('a request that is throttled is sent again by the SDK', async () => {
  emulator.inject.fault('Greengrass.CreateDeployment', 'throttle');
  const { deploymentId } = await deploy('1.1.0');
  expect(deploymentId).toMatch(/^[0-9a-f-]{36}$/);
  expect(emulator.inspect.calls()['Greengrass.CreateDeployment']).toBe(2);
});
