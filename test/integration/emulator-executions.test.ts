import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  ListEffectiveDeploymentsCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobExecutionCommand, ListJobExecutionsForJobCommand } from '@aws-sdk/client-iot';
import { none, startAsking, type Asking } from '../support/asking.js';
import { groupArn, thingArn, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
let ask: Asking;

beforeEach(async () => {
  ({ aws, ask } = await startAsking());
});
afterEach(() => aws.close());

test('a device that joins gets the deployment, one that leaves has its execution REMOVED', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  aws.addCoreDevice('d', 'fleet');
  const effective = async () => {
    const { effectiveDeployments } = await aws.greengrass.send(
      new ListEffectiveDeploymentsCommand({ coreDeviceThingName: 'd' }),
    );
    return effectiveDeployments?.map((each) => each.deploymentId);
  };
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 4 });
  expect(await effective()).toEqual([deploymentId]);
  aws.controlPlane.removeThingFromThingGroup({ thingName: 'd', thingGroupName: 'fleet' });
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 3, removed: 1 });
  expect(await effective()).toEqual([]);
  aws.controlPlane.addThingToThingGroup({ thingName: 'd', thingGroupName: 'fleet' });
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 4 });
  const { execution } = await aws.iot.send(
    new DescribeJobExecutionCommand({ jobId, thingName: 'd' }),
  );
  expect(execution?.executionNumber).toBe(2);
});

test('a device that succeeded and leaves stays counted', async () => {
  const { jobId } = await ask.deploy();
  aws.succeed('a');
  aws.controlPlane.removeThingFromThingGroup({ thingName: 'a', thingGroupName: 'fleet' });
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 2, succeeded: 1 });
});

test('a cancelled deployment does not reach a device that joins', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  aws.addCoreDevice('d', 'fleet');
  expect(await ask.counts(jobId)).toEqual({ ...none, canceled: 3 });
});

test('a deployment to a parent group reaches the things of its child groups', async () => {
  aws.controlPlane.createThingGroup({ thingGroupName: 'south', parentGroupName: 'fleet' });
  aws.addCoreDevice('d', 'south');
  const { jobId } = await ask.deploy();
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 4 });
  aws.addCoreDevice('e', 'south');
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 5 });
});

test('an execution that never ends is TIMED_OUT, and takes no late answer', async () => {
  const { jobId } = await ask.deploy({ inProgressTimeoutInMinutes: 30 });
  const execution = aws.next('a');
  aws.device.startExecution(execution);
  await aws.clock.advance(1799);
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 2, inProgress: 1 });
  await aws.clock.advance(1);
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 2, timedOut: 1 });
  const late = aws.device.finishExecution(execution, {
    status: 'SUCCEEDED',
    detailedStatus: 'SUCCESSFUL',
  });
  expect(late).toBe(false);
  expect(aws.events).toEqual([]);
});

test('an execution that has ended is not TIMED_OUT any more', async () => {
  const { jobId } = await ask.deploy({ inProgressTimeoutInMinutes: 30 });
  aws.succeed('a');
  aws.fail('b');
  await aws.clock.advance(3600);
  expect(await ask.counts(jobId)).toEqual({ ...none, queued: 1, succeeded: 1, failed: 1 });
});

test('a thing has no time-out', async () => {
  await ask.deploy({ targetArn: thingArn('a'), inProgressTimeoutInMinutes: 30 });
  aws.device.startExecution(aws.next('a'));
  await aws.clock.advance(86_400);
  expect(await ask.effective('a')).toEqual(['IN_PROGRESS']);
});

test('a cancelled and a rejected execution are events', async () => {
  const { deploymentId } = await ask.deploy();
  aws.fail('a', 'REJECTED');
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  const told = aws.events.map(({ resources: [arn = ''], detail }) => [
    arn.split(':').at(-1),
    detail['coreDeviceExecutionStatus'],
  ]);
  expect(told).toEqual([
    ['a', 'REJECTED'],
    ['b', 'CANCELED'],
    ['c', 'CANCELED'],
  ]);
});

test('each detail of an execution has at most 1,024 characters', async () => {
  const { jobId } = await ask.deploy();
  const execution = aws.next('a');
  aws.device.startExecution(execution);
  aws.device.finishExecution(execution, {
    ...{ status: 'FAILED', detailedStatus: 'FAILED_NO_STATE_CHANGE' },
    ...{ failureCause: 'x'.repeat(2000), errorStack: ['DEPLOYMENT_FAILURE'] },
  });
  const described = await aws.iot.send(new DescribeJobExecutionCommand({ jobId, thingName: 'a' }));
  expect(described.execution?.statusDetails?.detailsMap).toEqual({
    'detailed-deployment-status': 'FAILED_NO_STATE_CHANGE',
    'deployment-failure-cause': 'x'.repeat(1024),
    'deployment-error-stack': 'DEPLOYMENT_FAILURE',
  });
});

test('a failed execution tells why, in the job, in the device and in an event', async () => {
  const { deploymentId, jobId } = await ask.deploy();
  aws.fail('b');
  const { executionSummaries } = await aws.iot.send(
    new ListJobExecutionsForJobCommand({ jobId, status: 'FAILED' }),
  );
  expect(executionSummaries?.map((each) => each.thingArn)).toEqual([thingArn('b')]);
  const { execution } = await aws.iot.send(
    new DescribeJobExecutionCommand({ jobId, thingName: 'b' }),
  );
  expect(execution?.statusDetails?.detailsMap).toEqual({
    'detailed-deployment-status': 'FAILED_ROLLBACK_COMPLETE',
    'deployment-failure-cause': 'it broke',
    'deployment-error-stack': 'DEPLOYMENT_FAILURE, COMPONENT_UPDATE_ERROR, COMPONENT_BROKEN',
    'deployment-error-types': 'USER_COMPONENT_ERROR',
  });
  const { effectiveDeployments } = await aws.greengrass.send(
    new ListEffectiveDeploymentsCommand({ coreDeviceThingName: 'b' }),
  );
  expect(effectiveDeployments?.[0]).toMatchObject({
    deploymentId,
    iotJobId: jobId,
    targetArn: groupArn('fleet'),
    coreDeviceExecutionStatus: 'FAILED',
    reason: 'COMPONENT_BROKEN: FAILED_ROLLBACK_COMPLETE: it broke',
    statusDetails: {
      errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'],
      errorTypes: ['USER_COMPONENT_ERROR'],
    },
  });
  expect(aws.events).toEqual([
    {
      source: 'aws.greengrass',
      detailType: 'Greengrass V2 Effective Deployment Status Change',
      time: Date.UTC(2026, 0, 5, 8),
      resources: ['arn:aws:greengrass:eu-west-1:123456789012:coreDevices:b'],
      detail: {
        deploymentId,
        coreDeviceExecutionStatus: 'FAILED',
        reason: 'COMPONENT_BROKEN: FAILED_ROLLBACK_COMPLETE: it broke',
        statusDetails: {
          errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'],
          errorTypes: ['USER_COMPONENT_ERROR'],
        },
      },
    },
  ]);
});

test('a success has the reason SUCCESSFUL and no status details', async () => {
  await ask.deploy();
  aws.succeed('a');
  const { effectiveDeployments } = await aws.greengrass.send(
    new ListEffectiveDeploymentsCommand({ coreDeviceThingName: 'a' }),
  );
  expect(effectiveDeployments?.[0]?.reason).toBe('SUCCESSFUL');
  expect(effectiveDeployments?.[0]?.statusDetails).toBeUndefined();
  expect(effectiveDeployments?.[0]?.coreDeviceExecutionStatus).toBe('SUCCEEDED');
});

test('a device takes its executions in order of creation', async () => {
  const first = await ask.deploy({ targetArn: thingArn('a') });
  const second = await ask.deploy();
  expect(aws.device.pendingExecutions('a').map((each) => each.deploymentId)).toEqual([
    first.deploymentId,
    second.deploymentId,
  ]);
});
