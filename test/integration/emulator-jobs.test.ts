import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateDeploymentCommand,
  type DeploymentIoTJobConfiguration,
} from '@aws-sdk/client-greengrassv2';
import {
  DescribeJobCommand,
  ListJobsCommand,
  type ListJobsCommandInput,
} from '@aws-sdk/client-iot';
import { none, startAsking, type Asking } from '../support/asking.js';
import { groupArn, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
let ask: Asking;

beforeEach(async () => {
  ({ aws, ask } = await startAsking(['a', 'b', 'c', 'd', 'e']));
});
afterEach(() => aws.close());

async function deploy(iotJobConfiguration: DeploymentIoTJobConfiguration) {
  const { deploymentId = '', iotJobId: jobId = '' } = await aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn: groupArn('fleet'), iotJobConfiguration }),
  );
  return { deploymentId, jobId };
}
const cancel = (deploymentId: string) =>
  aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
const jobOf = async (jobId: string) => (await aws.iot.send(new DescribeJobCommand({ jobId }))).job;
const list = async (request: ListJobsCommandInput) =>
  (await aws.iot.send(new ListJobsCommand(request))).jobs?.map(({ jobId }) => jobId);

test('the job of a deployment that is cancelled or superseded is CANCELED, and listed as such', async () => {
  const superseded = await ask.deploy();
  const cancelled = await ask.deploy();
  await cancel(cancelled.deploymentId);
  const latest = await ask.deploy();
  for (const { jobId } of [superseded, cancelled])
    expect((await jobOf(jobId))?.status).toBe('CANCELED');
  expect(await list({ status: 'CANCELED' })).toEqual([cancelled.jobId, superseded.jobId]);
  expect(await list({ status: 'IN_PROGRESS' })).toEqual([latest.jobId]);
});

test('a job has the configuration and the namespace of its deployment', async () => {
  const configuration = {
    jobExecutionsRolloutConfig: { maximumPerMinute: 2 },
    abortConfig: {
      criteriaList: [
        {
          ...({ failureType: 'ALL', action: 'CANCEL' } as const),
          ...{ thresholdPercentage: 12.5, minNumberOfExecutedThings: 3 },
        },
      ],
    },
    timeoutConfig: { inProgressTimeoutInMinutes: 90 },
  };
  const { jobId } = await deploy(configuration);
  expect(await jobOf(jobId)).toMatchObject({
    ...configuration,
    namespaceId: 'aws-gg-deployment',
    isConcurrent: true,
  });
  expect(await list({ namespaceId: 'aws-gg-deployment' })).toEqual([jobId]);
  expect(await list({ namespaceId: 'another' })).toEqual([]);
  await aws.clock.advance(120);
  expect((await jobOf(jobId))?.isConcurrent).toBe(false);
});

test('an exponential rate stops at the maximum per minute', async () => {
  const { jobId } = await deploy({
    jobExecutionsRolloutConfig: {
      maximumPerMinute: 2,
      exponentialRate: {
        ...{ baseRatePerMinute: 1, incrementFactor: 5 },
        rateIncreaseCriteria: { numberOfNotifiedThings: 1 },
      },
    },
  });
  const queued = [];
  for (let minute = 0; minute < 3; minute += 1) {
    queued.push((await ask.counts(jobId)).queued);
    await aws.clock.advance(60);
  }
  expect(queued).toEqual([1, 3, 5]);
});

describe('a paced rollout hands out nothing more', () => {
  const paced = { jobExecutionsRolloutConfig: { maximumPerMinute: 2 } };

  test('once it is cancelled', async () => {
    const { deploymentId, jobId } = await deploy(paced);
    await cancel(deploymentId);
    await aws.clock.advance(3600);
    expect(await ask.counts(jobId)).toEqual({ ...none, canceled: 2 });
    expect((await jobOf(jobId))?.isConcurrent).toBe(false);
  });

  test('once the next revision is there', async () => {
    const { jobId } = await deploy(paced);
    const next = await ask.deploy();
    await aws.clock.advance(3600);
    expect(await ask.counts(jobId)).toEqual({ ...none, canceled: 2 });
    expect(await ask.counts(next.jobId)).toEqual({ ...none, queued: 5 });
  });
});

describe('abort criteria', () => {
  const failWith = {
    FAILED: () => aws.fail('a'),
    REJECTED: () => aws.fail('a', 'REJECTED'),
    TIMED_OUT: async () => {
      aws.device.startExecution(aws.next('a'));
      await aws.clock.advance(60);
    },
  };

  test.each([
    ['FAILED', 'FAILED', 'CANCELED'],
    ['FAILED', 'REJECTED', 'ACTIVE'],
    ['FAILED', 'TIMED_OUT', 'ACTIVE'],
    ['REJECTED', 'REJECTED', 'CANCELED'],
    ['REJECTED', 'FAILED', 'ACTIVE'],
    ['TIMED_OUT', 'TIMED_OUT', 'CANCELED'],
    ['TIMED_OUT', 'FAILED', 'ACTIVE'],
    ['ALL', 'FAILED', 'CANCELED'],
    ['ALL', 'REJECTED', 'CANCELED'],
    ['ALL', 'TIMED_OUT', 'CANCELED'],
  ] as const)('for %s, and a device is %s: %s', async (failureType, outcome, expected) => {
    const { deploymentId } = await deploy({
      timeoutConfig: { inProgressTimeoutInMinutes: 1 },
      abortConfig: {
        criteriaList: [
          {
            ...({ failureType, action: 'CANCEL' } as const),
            ...{ thresholdPercentage: 100, minNumberOfExecutedThings: 1 },
          },
        ],
      },
    });
    await failWith[outcome]();
    expect(await ask.statusOf(deploymentId)).toBe(expected);
  });
});
