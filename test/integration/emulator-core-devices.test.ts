import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  DeleteDeploymentCommand,
  DeleteCoreDeviceCommand,
  GetCoreDeviceCommand,
  ListCoreDevicesCommand,
  type ListCoreDevicesCommandInput,
  ListInstalledComponentsCommand,
  ListTagsForResourceCommand,
  paginateListCoreDevices,
  TagResourceCommand,
} from '@aws-sdk/client-greengrassv2';

import type { InstalledComponentRecord } from '../../emulator/cloud.js';
import {
  groupArn,
  report,
  startEmulatedCloud,
  type EmulatedCloud,
} from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

const component = (
  componentName: string,
  more: Partial<InstalledComponentRecord> = {},
): InstalledComponentRecord => ({
  componentName,
  componentVersion: '1.0.0',
  lifecycleState: 'RUNNING',
  lifecycleStateDetails: undefined,
  lifecycleStatusCodes: [],
  isRoot: true,
  lastStatusChangeTimestamp: Date.UTC(2026, 0, 5, 8),
  lastReportedTimestamp: Date.UTC(2026, 0, 5, 8),
  lastInstallationSource: 'd-1',
  ...more,
});

const broken = component('com.example.Hello', {
  lifecycleState: 'BROKEN',
  lifecycleStateDetails: 'An error occurred during startup. The startup script exited with code 1.',
  lifecycleStatusCodes: ['STARTUP_ERROR'],
});

const list = async (request: ListCoreDevicesCommandInput) =>
  (await aws.greengrass.send(new ListCoreDevicesCommand(request))).coreDevices?.map(
    (each) => each.coreDeviceThingName,
  );

test('a thing is a core device after its first status message', async () => {
  aws.controlPlane.createThing({ thingName: 'a' });
  const get = () => aws.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName: 'a' }));
  await expect(get()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    resourceId: 'a',
    resourceType: 'coreDevice',
  });
  await aws.clock.advance(5.5);
  aws.device.reportStatus('a', report);
  expect(await get()).toMatchObject({
    coreDeviceThingName: 'a',
    coreVersion: '2.15.0',
    platform: 'linux',
    architecture: 'aarch64',
    runtime: 'aws_nucleus_classic',
    status: 'HEALTHY',
    lastStatusUpdateTimestamp: new Date('2026-01-05T08:00:05.500Z'),
    tags: {},
  });
});

test('core devices are listed by status and runtime, page by page', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) aws.addCoreDevice(name);
  aws.device.reportStatus('b', { ...report, status: 'UNHEALTHY' });
  aws.device.reportStatus('c', { ...report, runtime: 'aws_nucleus_lite' });
  expect(await list({ status: 'UNHEALTHY' })).toEqual(['b']);
  expect(await list({ runtime: 'aws_nucleus_lite' })).toEqual(['c']);
  const names: (string | undefined)[] = [];
  for await (const page of paginateListCoreDevices({ client: aws.greengrass, pageSize: 2 }, {}))
    names.push(...(page.coreDevices ?? []).map((each) => each.coreDeviceThingName));
  expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('the group filter means success at a deployment to the group, not membership', async () => {
  for (const name of ['a', 'b']) aws.addCoreDevice(name, 'fleet');
  const thingGroupArn = groupArn('fleet');
  expect(await list({ thingGroupArn })).toEqual([]);
  const { deploymentId } = aws.controlPlane.createDeployment({ targetArn: thingGroupArn });
  aws.succeed('a');
  aws.fail('b');
  expect(await list({ thingGroupArn })).toEqual(['a']);
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  aws.controlPlane.removeThingFromThingGroup({ thingName: 'a', thingGroupName: 'fleet' });
  aws.device.reportStatus('a', report);
  expect(await list({ thingGroupArn })).toEqual(['a']);
});

test('installed components are the roots unless all are asked for', async () => {
  aws.addCoreDevice('a');
  aws.device.reportStatus('a', {
    ...report,
    status: 'UNHEALTHY',
    installedComponents: [broken, component('com.example.Base', { isRoot: false })],
  });
  const components = async (topologyFilter?: 'ALL') => {
    const found = await aws.greengrass.send(
      new ListInstalledComponentsCommand({ coreDeviceThingName: 'a', topologyFilter }),
    );
    return found.installedComponents;
  };
  expect(await components()).toEqual([
    {
      componentName: 'com.example.Hello',
      componentVersion: '1.0.0',
      lifecycleState: 'BROKEN',
      lifecycleStateDetails:
        'An error occurred during startup. The startup script exited with code 1.',
      lifecycleStatusCodes: ['STARTUP_ERROR'],
      isRoot: true,
      lastStatusChangeTimestamp: new Date('2026-01-05T08:00:00Z'),
      lastReportedTimestamp: new Date('2026-01-05T08:00:00Z'),
      lastInstallationSource: 'd-1',
    },
  ]);
  expect((await components('ALL'))?.map((each) => each.componentName)).toEqual([
    'com.example.Hello',
    'com.example.Base',
  ]);
});

test('a component that breaks is an event, once', () => {
  aws.addCoreDevice('a');
  aws.device.reportStatus('a', {
    ...report,
    installedComponents: [component('com.example.Hello')],
  });
  expect(aws.events).toEqual([]);
  const unhealthy = { ...report, status: 'UNHEALTHY' as const, installedComponents: [broken] };
  aws.device.reportStatus('a', unhealthy);
  aws.device.reportStatus('a', unhealthy);
  expect(aws.events).toEqual([
    {
      source: 'aws.greengrass',
      detailType: 'Greengrass V2 Installed Component Status Change',
      time: Date.UTC(2026, 0, 5, 8),
      resources: ['arn:aws:greengrass:eu-west-1:123456789012:coreDevices:a'],
      detail: {
        components: [
          {
            componentName: 'com.example.Hello',
            componentVersion: '1.0.0',
            root: true,
            lifecycleState: 'BROKEN',
            lifecycleStatusCodes: ['STARTUP_ERROR'],
            lifecycleStateDetails:
              'An error occurred during startup. The startup script exited with code 1.',
          },
        ],
      },
    },
  ]);
});

test('a deleted core device is back with its next status message, without its tags', async () => {
  aws.addCoreDevice('a');
  const resourceArn = 'arn:aws:greengrass:eu-west-1:123456789012:coreDevices:a';
  await aws.greengrass.send(new TagResourceCommand({ resourceArn, tags: { floor: '2' } }));
  await aws.greengrass.send(new DeleteCoreDeviceCommand({ coreDeviceThingName: 'a' }));
  expect(await list({})).toEqual([]);
  aws.device.reportStatus('a', report);
  expect(await list({})).toEqual(['a']);
  const { tags } = await aws.greengrass.send(new ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({});
});
