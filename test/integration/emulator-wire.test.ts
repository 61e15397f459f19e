import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateDeploymentCommand,
  GetCoreDeviceCommand,
  ListCoreDevicesCommand,
} from '@aws-sdk/client-greengrassv2';
import { CreateThingCommand, DescribeJobCommand, ListPoliciesCommand } from '@aws-sdk/client-iot';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';
import { sendRaw } from '../support/raw-request.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

const raw = (method: string, path: string) => sendRaw(aws.url, { method, path });

const problemsOf = async (promise: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error;
};

test('a request that breaks the model names every member that does', async () => {
  const error = await problemsOf(
    aws.greengrass.send(
      new CreateDeploymentCommand({
        targetArn: 'arn:aws:iot:eu-west-1:123456789012:job/x',
        deploymentName: 'x'.repeat(257),
        components: { 'com.example.Hello': { componentVersion: undefined } },
        deploymentPolicies: { failureHandlingPolicy: 'MAYBE' as 'ROLLBACK' },
        iotJobConfiguration: { jobExecutionsRolloutConfig: { maximumPerMinute: 1001 } },
      }),
    ),
  );
  expect(error).toMatchObject({
    name: 'ValidationException',
    reason: 'FIELD_VALIDATION_FAILED',
    $metadata: { httpStatusCode: 400 },
  });
  expect((error as { fields: { name: string }[] }).fields.map((field) => field.name)).toEqual([
    'targetArn',
    'deploymentName',
    'components.com.example.Hello.member.componentVersion',
    'iotJobConfiguration.jobExecutionsRolloutConfig.maximumPerMinute',
    'deploymentPolicies.failureHandlingPolicy',
  ]);
});

test('AWS IoT words a broken request as InvalidRequestException', async () => {
  await expect(
    aws.iot.send(new CreateThingCommand({ thingName: 'no spaces please' })),
  ).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

test('a target that is not there is a ResourceNotFoundException', async () => {
  await expect(
    aws.greengrass.send(new CreateDeploymentCommand({ targetArn: groupArn('nobody') })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', resourceId: 'nobody' });
});

test('an operation that is not built says so', async () => {
  await expect(aws.iot.send(new ListPoliciesCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    $metadata: { httpStatusCode: 404 },
  });
});

test('an artifact link that nobody signed is refused', async () => {
  expect((await raw('GET', '/greengrass/artifacts/%E0%A4%A')).status).toBe(403);
});

test('a response has explicit nulls, and times as seconds with a fraction', async () => {
  await aws.clock.advance(0.25);
  const { deploymentId = '' } = aws.controlPlane.createDeployment({ targetArn: groupArn('fleet') });
  const { status, body } = await raw('GET', `/greengrass/v2/deployments/${deploymentId}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    deploymentName: null,
    deploymentPolicies: null,
    creationTimestamp: 1767600000.25,
  });
});

test('a name with a slash and a colon survives the path', async () => {
  const error = await problemsOf(
    aws.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName: 'a/b:c d%' })),
  );
  expect(error).toMatchObject({ name: 'ResourceNotFoundException', resourceId: 'a/b:c d%' });
});

test('a page of a list has at most as many items as asked for', async () => {
  for (const name of ['a', 'b', 'c']) aws.addCoreDevice(name);
  const first = await aws.greengrass.send(new ListCoreDevicesCommand({ maxResults: 3 }));
  expect(first.coreDevices).toHaveLength(3);
  expect(first.nextToken).toBeUndefined();
});

test('AWS IoT says that a job is not there', async () => {
  await expect(aws.iot.send(new DescribeJobCommand({ jobId: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 404 },
  });
});
