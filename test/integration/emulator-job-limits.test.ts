import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  type DeploymentIoTJobConfiguration,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand, paginateListJobExecutionsForJob } from '@aws-sdk/client-iot';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

function populate(count: number) {
  for (let i = 0; i < count; i += 1) aws.addCoreDevice(`core-${i}`, 'fleet');
}

async function deploy(iotJobConfiguration?: DeploymentIoTJobConfiguration) {
  const { deploymentId = '', iotJobId: jobId = '' } = await aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn: groupArn('fleet'), iotJobConfiguration }),
  );
  return { deploymentId, jobId };
}

const queued = async (jobId: string) => {
  const { job } = await aws.iot.send(new DescribeJobCommand({ jobId }));
  return job?.jobProcessDetails?.numberOfQueuedThings;
};

test('a job reaches at most a thousand devices a minute', async () => {
  populate(2500);
  const { jobId } = await deploy();
  expect(await queued(jobId)).toBe(1000);
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(2000);
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(2500);
});

test('a job cancels at most a thousand executions a minute, and none of them starts any more', async () => {
  populate(2500);
  const { deploymentId = '', iotJobId: jobId } = aws.controlPlane.createDeployment(
    { targetArn: groupArn('fleet') },
    { atOnce: true },
  );
  const counts = aws.cloud.deployments.get(deploymentId)?.counts;
  const isConcurrent = async () =>
    (await aws.iot.send(new DescribeJobCommand({ jobId }))).job?.isConcurrent;
  expect(await isConcurrent()).toBe(false);
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  expect(await isConcurrent()).toBe(true);
  expect(counts).toMatchObject({ QUEUED: 1500, CANCELED: 1000 });
  expect(aws.device.startExecution(aws.next('core-2499'))).toBe(false);
  await aws.clock.advance(60);
  expect(counts).toMatchObject({ QUEUED: 500, CANCELED: 2000 });
  await aws.clock.advance(60);
  expect(counts).toMatchObject({ QUEUED: 0, CANCELED: 2500 });
  expect(await isConcurrent()).toBe(false);
});

test('the fleet builder reaches everybody at once', () => {
  populate(2500);
  const { deploymentId = '' } = aws.controlPlane.createDeployment(
    { targetArn: groupArn('fleet') },
    { atOnce: true },
  );
  expect(aws.cloud.deployments.get(deploymentId)?.counts.QUEUED).toBe(2500);
});

test('a maximum per minute paces a job', async () => {
  populate(5);
  const { jobId } = await deploy({ jobExecutionsRolloutConfig: { maximumPerMinute: 2 } });
  expect(await queued(jobId)).toBe(2);
  await aws.clock.advance(59);
  expect(await queued(jobId)).toBe(2);
  await aws.clock.advance(1);
  expect(await queued(jobId)).toBe(4);
});

test('an exponential rate grows with the devices that were notified', async () => {
  populate(30);
  const { jobId } = await deploy({
    jobExecutionsRolloutConfig: {
      maximumPerMinute: 100,
      exponentialRate: {
        baseRatePerMinute: 2,
        incrementFactor: 2,
        rateIncreaseCriteria: { numberOfNotifiedThings: 2 },
      },
    },
  });
  expect(await queued(jobId)).toBe(2);
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(6);
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(22);
});

test('an exponential rate stays while nobody succeeds', async () => {
  populate(10);
  const { jobId } = await deploy({
    jobExecutionsRolloutConfig: {
      exponentialRate: {
        baseRatePerMinute: 1,
        incrementFactor: 3,
        rateIncreaseCriteria: { numberOfSucceededThings: 1 },
      },
    },
  });
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(2);
  aws.succeed('core-0');
  await aws.clock.advance(60);
  expect(await queued(jobId)).toBe(4);
});

test('a device that leaves before its turn is not reached', async () => {
  populate(3);
  const { jobId } = await deploy({ jobExecutionsRolloutConfig: { maximumPerMinute: 1 } });
  aws.controlPlane.removeThingFromThingGroup({ thingName: 'core-1', thingGroupName: 'fleet' });
  await aws.clock.advance(600);
  expect(await queued(jobId)).toBe(2);
});

test('abort criteria cancel the deployment once both of their limits are reached', async () => {
  populate(10);
  const { deploymentId } = await deploy({
    abortConfig: {
      criteriaList: [
        {
          failureType: 'FAILED',
          action: 'CANCEL',
          thresholdPercentage: 50,
          minNumberOfExecutedThings: 4,
        },
      ],
    },
  });
  const status = async () =>
    (await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }))).deploymentStatus;
  for (const name of ['core-0', 'core-1']) aws.fail(name);
  aws.succeed('core-2');
  expect(await status()).toBe('ACTIVE');
  aws.succeed('core-3');
  expect(await status()).toBe('CANCELED');
  expect(aws.device.pendingExecutions('core-9')).toEqual([]);
});

test('the executions of a large job come in pages of 250, each device once', async () => {
  populate(600);
  const { jobId } = await deploy();
  const names: string[] = [];
  let pages = 0;
  for await (const page of paginateListJobExecutionsForJob(
    { client: aws.iot },
    { jobId, status: 'QUEUED' },
  )) {
    pages += 1;
    for (const each of page.executionSummaries ?? []) names.push(each.thingArn ?? '');
  }
  expect(pages).toBe(3);
  expect(new Set(names).size).toBe(600);
});

test('the counts of a job of 20,000 devices cost no more than those of three', async () => {
  for (let i = 0; i < 20_000; i += 1) {
    aws.controlPlane.createThing({ thingName: `core-${i}` });
    aws.controlPlane.addThingToThingGroup({ thingName: `core-${i}`, thingGroupName: 'fleet' });
  }
  const { deploymentId = '', iotJobId = '' } = aws.controlPlane.createDeployment(
    { targetArn: groupArn('fleet') },
    { atOnce: true },
  );
  expect(await queued(iotJobId)).toBe(20_000);
  // The counts are kept, not made: a DescribeJob that visited the executions would fail here.
  const deployment = aws.cloud.deployments.get(deploymentId);
  deployment?.executions.clear();
  expect(await queued(iotJobId)).toBe(20_000);
});
