import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  DeleteDeploymentCommand,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand } from '@aws-sdk/client-iot';
import { startAsking, type Asking } from '../support/asking.js';
import { groupArn, thingArn, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
let ask: Asking;

beforeEach(async () => {
  ({ aws, ask } = await startAsking());
});
afterEach(() => aws.close());

test('a thing deployment that has ended stays so, and is deleted without being cancelled', async () => {
  const completed = await ask.deploy({ targetArn: thingArn('a') });
  aws.succeed('a');
  const inactive = await ask.deploy({ targetArn: thingArn('a') });
  const latest = await ask.deploy({ targetArn: thingArn('a') });
  expect(await ask.statusOf(completed.deploymentId)).toBe('COMPLETED');
  expect(await ask.statusOf(inactive.deploymentId)).toBe('INACTIVE');
  for (const { deploymentId } of [completed, inactive])
    await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  const { deployments } = await aws.greengrass.send(
    new ListDeploymentsCommand({ targetArn: thingArn('a'), historyFilter: 'ALL' }),
  );
  expect(deployments?.map(({ deploymentId }) => deploymentId)).toEqual([latest.deploymentId]);
});

test('an active deployment is not deleted', async () => {
  const { deploymentId } = await ask.deploy();
  await expect(
    aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId })),
  ).rejects.toMatchObject({
    name: 'ConflictException',
    resourceId: deploymentId,
    resourceType: 'deployment',
    $metadata: { httpStatusCode: 409 },
  });
});

test('a deleted deployment is gone, its job a minute later', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  const resourceArn = `arn:aws:greengrass:eu-west-1:123456789012:deployments:${deploymentId}`;
  await aws.greengrass.send(new TagResourceCommand({ resourceArn, tags: { team: 'heating' } }));
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  expect(aws.cloud.tags.has(resourceArn)).toBe(false);
  await expect(ask.statusOf(deploymentId)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    resourceId: deploymentId,
  });
  expect(await ask.effective('a')).toEqual([]);
  for (const seconds of [0, 59.9]) {
    await aws.clock.advance(seconds);
    const { job } = await aws.iot.send(new DescribeJobCommand({ jobId }));
    expect(job?.status).toBe('DELETION_IN_PROGRESS');
  }
  await aws.clock.advance(0.1);
  await expect(aws.iot.send(new DescribeJobCommand({ jobId }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('the eleventh deletion within a minute is throttled', async () => {
  const ids = [];
  for (let i = 0; i < 11; i += 1) {
    const { deploymentId } = await ask.deploy();
    await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
    ids.push(deploymentId);
  }
  const last = ids.pop() ?? '';
  for (const deploymentId of ids)
    await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  const again = () => aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId: last }));
  await expect(again()).rejects.toMatchObject({
    name: 'ThrottlingException',
    message:
      'Exceeded the AWS IoT Jobs service quota for the number of jobs with status DELETION_IN_PROGRESS. ' +
      'Please check number of jobs currently being deleted, wait at least one minute, and try again.',
  });
  await aws.clock.advance(60);
  await again();
});

test('once its latest revision is deleted a target has none, and a history', async () => {
  const first = await ask.deploy();
  const { deploymentId } = await ask.deploy();
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  const list = async (historyFilter: 'LATEST_ONLY' | 'ALL') => {
    const { deployments } = await aws.greengrass.send(
      new ListDeploymentsCommand({ targetArn: groupArn('fleet'), historyFilter }),
    );
    return deployments?.map((each) => each.deploymentId);
  };
  expect(await list('LATEST_ONLY')).toEqual([]);
  expect(await list('ALL')).toEqual([first.deploymentId]);
});

test('a revision number is not used again after a deletion', async () => {
  const { deploymentId } = await ask.deploy();
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  await aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  const next = await ask.deploy();
  const { revisionId } = await aws.greengrass.send(new GetDeploymentCommand(next));
  expect(revisionId).toBe('2');
});
