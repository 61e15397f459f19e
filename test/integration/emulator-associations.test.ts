import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  AssociateServiceRoleToAccountCommand,
  BatchAssociateClientDeviceWithCoreDeviceCommand,
  BatchDisassociateClientDeviceFromCoreDeviceCommand,
  DisassociateServiceRoleFromAccountCommand,
  GetConnectivityInfoCommand,
  GetServiceRoleForAccountCommand,
  ListClientDevicesAssociatedWithCoreDeviceCommand,
  UpdateConnectivityInfoCommand,
} from '@aws-sdk/client-greengrassv2';
import {
  CancelJobExecutionCommand,
  DescribeJobExecutionCommand,
  ListJobExecutionsForThingCommand,
  ListJobsCommand,
} from '@aws-sdk/client-iot';

import {
  groupArn,
  startEmulatedCloud,
  thingArn,
  type EmulatedCloud,
} from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

test('client devices are associated one by one', async () => {
  aws.addCoreDevice('core');
  aws.controlPlane.createThing({ thingName: 'sensor' });
  const coreDeviceThingName = 'core';
  const associated = await aws.greengrass.send(
    new BatchAssociateClientDeviceWithCoreDeviceCommand({
      coreDeviceThingName,
      entries: [{ thingName: 'sensor' }, { thingName: 'ghost' }],
    }),
  );
  expect(associated.errorEntries?.map((each) => each.thingName)).toEqual(['ghost']);
  const devices = async () =>
    (
      await aws.greengrass.send(
        new ListClientDevicesAssociatedWithCoreDeviceCommand({ coreDeviceThingName }),
      )
    ).associatedClientDevices;
  expect(await devices()).toEqual([
    { thingName: 'sensor', associationTimestamp: new Date('2026-01-05T08:00:00Z') },
  ]);
  await aws.greengrass.send(
    new BatchDisassociateClientDeviceFromCoreDeviceCommand({
      coreDeviceThingName,
      entries: [{ thingName: 'sensor' }],
    }),
  );
  expect(await devices()).toEqual([]);
});

test('the jobs of a device leave out its thing deployments', async () => {
  aws.addCoreDevice('a', 'fleet');
  const { iotJobId: jobId } = aws.controlPlane.createDeployment({ targetArn: groupArn('fleet') });
  aws.controlPlane.createDeployment({ targetArn: thingArn('a') });
  const { executionSummaries } = await aws.iot.send(
    new ListJobExecutionsForThingCommand({ thingName: 'a' }),
  );
  expect(executionSummaries?.map((each) => [each.jobId, each.jobExecutionSummary?.status])).toEqual(
    [[jobId, 'QUEUED']],
  );
  const { jobs } = await aws.iot.send(new ListJobsCommand({ thingGroupName: 'fleet' }));
  expect(jobs?.map((each) => each.jobId)).toEqual([jobId]);
});

test('a running execution is cancelled by force only', async () => {
  aws.addCoreDevice('a', 'fleet');
  const { iotJobId: jobId } = aws.controlPlane.createDeployment({ targetArn: groupArn('fleet') });
  const execution = aws.next('a');
  aws.device.startExecution(execution);
  const cancel = (more: object) =>
    aws.iot.send(new CancelJobExecutionCommand({ jobId, thingName: 'a', ...more }));
  const described = (executionNumber?: number) =>
    aws.iot.send(new DescribeJobExecutionCommand({ jobId, thingName: 'a', executionNumber }));
  await expect(cancel({})).rejects.toMatchObject({ name: 'InvalidStateTransitionException' });
  await expect(cancel({ force: true, expectedVersion: 1 })).rejects.toMatchObject({
    name: 'VersionConflictException',
  });
  expect((await described()).execution).toMatchObject({
    status: 'IN_PROGRESS',
    forceCanceled: false,
  });
  await cancel({ force: true, expectedVersion: 2, statusDetails: { by: 'a person' } });
  expect((await described(1)).execution).toMatchObject({
    status: 'CANCELED',
    forceCanceled: true,
    statusDetails: { detailsMap: { by: 'a person' } },
  });
  await expect(described(2)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('the service role and the connectivity of a core are kept', async () => {
  const roleArn = 'arn:aws:iam::123456789012:role/Greengrass';
  await aws.greengrass.send(new AssociateServiceRoleToAccountCommand({ roleArn }));
  expect(await aws.greengrass.send(new GetServiceRoleForAccountCommand({}))).toMatchObject({
    roleArn,
    associatedAt: '2026-01-05T08:00:00Z',
  });
  await aws.greengrass.send(new DisassociateServiceRoleFromAccountCommand({}));
  const { roleArn: none } = await aws.greengrass.send(new GetServiceRoleForAccountCommand({}));
  expect(none).toBeUndefined();
  const connectivityInfo = [{ id: 'lan', hostAddress: '10.0.0.1', portNumber: 8883 }];
  await aws.greengrass.send(
    new UpdateConnectivityInfoCommand({ thingName: 'core', connectivityInfo }),
  );
  const found = await aws.greengrass.send(new GetConnectivityInfoCommand({ thingName: 'core' }));
  expect(found.connectivityInfo).toEqual(connectivityInfo);
});
