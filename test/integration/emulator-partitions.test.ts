import { afterEach, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  GreengrassV2Client,
  ListComponentsCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeThingGroupCommand, IoTClient } from '@aws-sdk/client-iot';
import { fleetOf, startEmulator, type Emulator } from '../../emulator/main.js';

let emulator: Emulator;
afterEach(() => emulator.close());

test.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['ap-southeast-2', 'aws'],
])('in %s all ARNs are those of the partition %s', async (region, partition) => {
  const fleet = fleetOf({ coreDevices: { lamps: 1 }, runs: { Lamp: '1.0.0' } });
  emulator = await startEmulator({ fleet: { ...fleet, region }, timeScale: 'max' });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const config = { endpoint: emulator.url, region, credentials };
  const greengrass = new GreengrassV2Client(config);
  const iot = new IoTClient(config);
  const home = `${region}:123456789012`;
  const targetArn = `arn:${partition}:iot:${home}:thinggroup/lamps`;

  const group = await iot.send(new DescribeThingGroupCommand({ thingGroupName: 'lamps' }));
  expect(group.thingGroupArn).toBe(targetArn);
  const { components } = await greengrass.send(new ListComponentsCommand({}));
  expect(components?.[0]?.arn).toBe(`arn:${partition}:greengrass:${home}:components:Lamp`);
  const deployed = await greengrass.send(new CreateDeploymentCommand({ targetArn }));
  expect(deployed.iotJobArn).toBe(`arn:${partition}:iot:${home}:job/${deployed.iotJobId}`);
  emulator.inject.fault('Greengrass.ListComponents', 'accessDenied');
  await expect(greengrass.send(new ListComponentsCommand({}))).rejects.toThrow(
    `User: arn:${partition}:iam::123456789012:user/test is not authorized to perform`,
  );
  greengrass.destroy();
  iot.destroy();
});
