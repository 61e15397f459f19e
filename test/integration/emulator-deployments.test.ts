import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand } from '@aws-sdk/client-iot';
import { none, startAsking, type Asking } from '../support/asking.js';
import { groupArn, thingArn, type EmulatedCloud } from '../support/emulated-cloud.js';

/** What the guide has a client take out of GetDeployment's answer before it sends the rest. */
const READ_ONLY = [
  ...['deploymentId', 'revisionId', 'iotJobId', 'iotJobArn', 'creationTimestamp'],
  ...['isLatestForTarget', 'deploymentStatus', '$metadata'],
];

let aws: EmulatedCloud;
let ask: Asking;

beforeEach(async () => {
  ({ aws, ask } = await startAsking());
});
afterEach(() => aws.close());

test('a group deployment is a continuous job with an execution per member', async () => {
  const { jobId } = await ask.deploy();
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 3 });
  const { job } = await aws.iot.send(new DescribeJobCommand({ jobId }));
  expect(job?.status).toBe('IN_PROGRESS');
  expect(job?.targetSelection).toBe('CONTINUOUS');
  expect(job?.targets).toEqual([groupArn('fleet')]);
  expect(aws.wakes.get('a')).toBe(1);
});

test('a group deployment stays ACTIVE when all its devices have succeeded', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  for (const name of ['a', 'b', 'c']) aws.succeed(name);
  expect(await ask.counts(jobId)).toEqual({ ...none, succeeded: 3 });
  expect(await ask.statusOf(deploymentId)).toBe('ACTIVE');
});

test('a thing deployment has no job, and is COMPLETED when its device succeeds', async () => {
  const { deploymentId, jobId } = await ask.deploy({ targetArn: thingArn('a') });
  expect(jobId).toBe('');
  expect(await ask.statusOf(deploymentId)).toBe('ACTIVE');
  aws.succeed('a');
  expect(await ask.statusOf(deploymentId)).toBe('COMPLETED');
  expect(await ask.effective('a')).toEqual(['COMPLETED']);
  expect(aws.events[0]?.detail['coreDeviceExecutionStatus']).toBe('COMPLETED');
});

test.each(['FAILED', 'REJECTED'] as const)(
  'a thing deployment that its device reports as %s is FAILED',
  async (reported) => {
    const { deploymentId } = await ask.deploy({ targetArn: thingArn('a') });
    aws.fail('a', reported);
    expect(await ask.statusOf(deploymentId)).toBe('FAILED');
    expect(await ask.effective('a')).toEqual([reported]);
  },
);

test('a new revision cancels the former one, and its QUEUED executions', async () => {
  const first = await ask.deploy();
  aws.succeed('a');
  const running = aws.next('b');
  aws.device.startExecution(running);
  const second = await ask.deploy();
  expect(await ask.counts(first.jobId)).toEqual({
    ...none,
    succeeded: 1,
    inProgress: 1,
    canceled: 1,
  });
  expect(await ask.counts(second.jobId)).toEqual({ ...none, queued: 3 });
  const finished = aws.device.finishExecution(running, {
    status: 'SUCCEEDED',
    detailedStatus: 'SUCCESSFUL',
  });
  expect(finished).toBe(false);
  const former = await aws.greengrass.send(new GetDeploymentCommand(first));
  expect(former).toMatchObject({
    deploymentStatus: 'CANCELED',
    isLatestForTarget: false,
    revisionId: '1',
  });
  const latest = await aws.greengrass.send(new GetDeploymentCommand(second));
  expect(latest).toMatchObject({
    deploymentStatus: 'ACTIVE',
    isLatestForTarget: true,
    revisionId: '2',
  });
});

test('the list of deployments has one row per target unless the history is asked for', async () => {
  const first = await ask.deploy();
  const second = await ask.deploy();
  const list = async (historyFilter?: 'ALL') => {
    const { deployments } = await aws.greengrass.send(
      new ListDeploymentsCommand({ targetArn: groupArn('fleet'), historyFilter }),
    );
    return deployments?.map((each) => each.deploymentId);
  };
  expect(await list()).toEqual([second.deploymentId]);
  expect(await list('ALL')).toEqual([second.deploymentId, first.deploymentId]);
});

test.each([
  ['group', groupArn('fleet')],
  ['thing', thingArn('a')],
])('a %s deployment is revised from what GetDeployment answers', async (_, targetArn) => {
  await aws.greengrass.send(
    new CreateDeploymentCommand({
      ...{ targetArn, deploymentName: 'first' },
      components: { 'com.example.Hello': { componentVersion: '1.0.0' } },
    }),
  );
  const { deployments = [] } = await aws.greengrass.send(new ListDeploymentsCommand({ targetArn }));
  const { deploymentId } = deployments[0] ?? {};
  const got = await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }));
  expect(got).toMatchObject({ revisionId: '1', tags: {} });
  const document = Object.fromEntries(
    Object.entries(got).filter(([member]) => !READ_ONLY.includes(member)),
  );
  const components = { 'com.example.Hello': { componentVersion: '1.1.0' } };
  const revised = await aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn, ...document, components }),
  );
  expect(
    await aws.greengrass.send(new GetDeploymentCommand({ deploymentId: revised.deploymentId })),
  ).toMatchObject({ ...document, components, revisionId: '2', isLatestForTarget: true });
});

test('cancelling reaches the QUEUED devices only', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  aws.device.startExecution(aws.next('a'));
  const { message } = await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  expect(message).toBe('SUCCESS');
  expect(await ask.statusOf(deploymentId)).toBe('CANCELED');
  expect(await ask.counts(jobId)).toEqual({ ...none, inProgress: 1, canceled: 2 });
  expect(aws.device.pendingExecutions('a')).toEqual([]);
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
});
