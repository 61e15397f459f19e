import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  type IoTJobAbortConfig,
} from '@aws-sdk/client-greengrassv2';
import { GetJobDocumentCommand } from '@aws-sdk/client-iot';
import { none, startAsking, type Asking } from '../support/asking.js';
import { groupArn, type EmulatedCloud } from '../support/emulated-cloud.js';

const components = { 'com.example.Hello': { componentVersion: '1.0.0' } };
let aws: EmulatedCloud;
let ask: Asking;

beforeEach(async () => {
  ({ aws, ask } = await startAsking());
});
afterEach(() => aws.close());

test('a subdeployment reaches its own group, and ends with the parent revision', async () => {
  const parent = await ask.deploy();
  for (const name of ['a', 'b', 'c']) aws.succeed(name);
  aws.controlPlane.createThingGroup({ thingGroupName: 'canary' });
  const canary = await ask.deploy({
    targetArn: groupArn('canary'),
    parentTargetArn: groupArn('fleet'),
  });
  expect(await ask.counts(canary.jobId)).toEqual(none);
  aws.controlPlane.addThingToThingGroup({ thingName: 'a', thingGroupName: 'canary' });
  expect(await ask.counts(canary.jobId)).toEqual({ ...none, queued: 1 });
  expect(await ask.statusOf(parent.deploymentId)).toBe('ACTIVE');
  const { deployments } = await aws.greengrass.send(
    new ListDeploymentsCommand({ parentTargetArn: groupArn('fleet') }),
  );
  const listed = { deploymentId: canary.deploymentId, parentTargetArn: groupArn('fleet') };
  expect(deployments).toMatchObject([listed]);
  expect(
    await aws.greengrass.send(new GetDeploymentCommand({ deploymentId: canary.deploymentId })),
  ).toMatchObject(listed);
  await ask.deploy();
  expect(await ask.statusOf(canary.deploymentId)).toBe('CANCELED');
  expect(await ask.counts(canary.jobId)).toEqual({ ...none, canceled: 1 });
});

test('a group keeps to one parent', async () => {
  await ask.deploy();
  for (const thingGroupName of ['other', 'canary'])
    aws.controlPlane.createThingGroup({ thingGroupName });
  await ask.deploy({ targetArn: groupArn('other') });
  const { deploymentId } = await ask.deploy({
    targetArn: groupArn('canary'),
    parentTargetArn: groupArn('fleet'),
  });
  const underOther = () =>
    ask.deploy({ targetArn: groupArn('canary'), parentTargetArn: groupArn('other') });
  await expect(underOther()).rejects.toMatchObject({ name: 'ValidationException' });
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await expect(underOther()).rejects.toMatchObject({ name: 'ValidationException' });
});

describe('a line of subdeployments', () => {
  const abortConfig: IoTJobAbortConfig = {
    criteriaList: [
      {
        ...{ failureType: 'FAILED', action: 'CANCEL' },
        ...{ thresholdPercentage: 1, minNumberOfExecutedThings: 1 },
      },
    ],
  };
  const start = async () => {
    const root = await ask.deploy();
    for (const thingGroupName of ['canary', 'inner'])
      aws.controlPlane.createThingGroup({ thingGroupName });
    aws.addCoreDevice('d', 'canary');
    const { deploymentId: middle = '' } = await aws.greengrass.send(
      new CreateDeploymentCommand({
        targetArn: groupArn('canary'),
        parentTargetArn: groupArn('fleet'),
        iotJobConfiguration: { abortConfig },
      }),
    );
    const inner = await ask.deploy({
      targetArn: groupArn('inner'),
      parentTargetArn: groupArn('canary'),
    });
    return { root, middle, inner };
  };
  const cancel = (deploymentId: string) =>
    aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));

  test.each<[string, (middle: string) => unknown]>([
    ['is ACTIVE', () => undefined],
    ['was cancelled', cancel],
    ['was stopped by its abort criteria', () => aws.fail('d')],
    [
      'was deleted',
      async (deploymentId) => {
        await cancel(deploymentId);
        await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
      },
    ],
  ])('ends with the root’s revision where its middle %s', async (_, endMiddle) => {
    const { middle, inner } = await start();
    await endMiddle(middle);
    expect(await ask.statusOf(inner.deploymentId)).toBe('ACTIVE');
    await ask.deploy();
    expect(await ask.statusOf(inner.deploymentId)).toBe('CANCELED');
    aws.addCoreDevice('late', 'inner');
    expect(aws.device.pendingExecutions('late')).toEqual([]);
  });

  test('ends below the target only', async () => {
    const { root, middle, inner } = await start();
    await ask.deploy({ targetArn: groupArn('canary'), parentTargetArn: groupArn('fleet') });
    expect(await ask.statusOf(root.deploymentId)).toBe('ACTIVE');
    expect(await ask.statusOf(middle)).toBe('CANCELED');
    expect(await ask.statusOf(inner.deploymentId)).toBe('CANCELED');
  });
});

test('no target comes to be below itself, whatever revisions are deleted', async () => {
  await ask.deploy();
  aws.controlPlane.createThingGroup({ thingGroupName: 'canary' });
  await ask.deploy({ targetArn: groupArn('canary'), parentTargetArn: groupArn('fleet') });
  await ask.deploy({ targetArn: groupArn('canary') });
  await expect(ask.deploy({ parentTargetArn: groupArn('canary') })).rejects.toMatchObject({
    ...{ name: 'ValidationException', fields: [{ name: 'parentTargetArn' }] },
  });
});

test('the job document carries the default policies and the merged configuration', async () => {
  const { iotJobId: jobId } = await aws.greengrass.send(
    new CreateDeploymentCommand({
      targetArn: groupArn('fleet'),
      components: {
        'com.example.Hello': {
          componentVersion: '1.0.0',
          configurationUpdate: { merge: '{"a":1}', reset: ['/b'] },
        },
      },
    }),
  );
  const { document } = await aws.iot.send(new GetJobDocumentCommand({ jobId }));
  expect(JSON.parse(document ?? '')).toMatchObject({
    configurationArn: 'arn:aws:greengrass:eu-west-1:123456789012:configuration:thinggroup/fleet:1',
    creationTimestamp: 1767600000000,
    components: {
      'com.example.Hello': {
        version: '1.0.0',
        configurationUpdate: { merge: { a: 1 }, reset: ['/b'] },
      },
    },
    failureHandlingPolicy: 'ROLLBACK',
    componentUpdatePolicy: { timeout: 60, action: 'NOTIFY_COMPONENTS' },
    configurationValidationPolicy: { timeout: 30 },
  });
});

test('a client token replays the answer for eight hours', async () => {
  const request = { targetArn: groupArn('fleet'), components, clientToken: 'once' };
  const first = await aws.greengrass.send(new CreateDeploymentCommand(request));
  await aws.clock.advance(8 * 3600 - 1);
  const replay = await aws.greengrass.send(new CreateDeploymentCommand(request));
  expect(replay.deploymentId).toBe(first.deploymentId);
  await aws.clock.advance(1);
  const later = await aws.greengrass.send(new CreateDeploymentCommand(request));
  expect(later.deploymentId).not.toBe(first.deploymentId);
});

test('a client token of a call that failed is as good as new', async () => {
  const create = (targetArn: string) =>
    aws.greengrass.send(new CreateDeploymentCommand({ targetArn, clientToken: 'once' }));
  await expect(create(groupArn('nobody'))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect((await create(groupArn('fleet'))).iotJobId).toMatch(/^[0-9a-f-]{36}$/);
});

test('a client token of one operation is none of another', async () => {
  const clientToken = 'once';
  await aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn: groupArn('fleet'), clientToken }),
  );
  const inlineRecipe = readFileSync('examples/recipes/thermostat-1.0.0.yaml');
  const created = await aws.greengrass.send(
    new CreateComponentVersionCommand({ inlineRecipe, clientToken }),
  );
  expect(created.componentName).toBe('com.example.Thermostat');
});
