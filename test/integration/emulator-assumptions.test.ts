import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  DescribeComponentCommand,
  GetDeploymentCommand,
  ListEffectiveDeploymentsCommand,
  type CreateComponentVersionCommandInput,
  type CreateDeploymentCommandInput,
} from '@aws-sdk/client-greengrassv2';
import { defaultAssumptions, type Assumptions } from '../../emulator/control-plane/assumptions.js';
import { parseFleet } from '../../emulator/load-fleet-file.js';
import {
  groupArn,
  startEmulatedCloud,
  thingArn,
  type EmulatedCloud,
} from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
afterEach(() => aws.close());

const start = async (assumptions: Partial<Assumptions>) => {
  aws = await startEmulatedCloud(assumptions);
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
  for (const name of ['a', 'b']) aws.addCoreDevice(name, 'fleet');
};
const create = (request: Partial<CreateDeploymentCommandInput> = {}) =>
  aws.greengrass.send(new CreateDeploymentCommand({ targetArn: thingArn('a'), ...request }));
const cancel = (deploymentId: string | undefined) =>
  aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
const status = async (deploymentId: string | undefined) =>
  (await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }))).deploymentStatus;
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

test.each([
  [false, 'IN_PROGRESS'],
  [true, 'CANCELED'],
])('cancelReachesInProgress %s: a running execution is %s', async (is, expected) => {
  await start({ cancelReachesInProgress: is });
  const { deploymentId } = await create({ targetArn: groupArn('fleet') });
  aws.device.startExecution(aws.next('a'));
  await cancel(deploymentId);
  const { effectiveDeployments } = await aws.greengrass.send(
    new ListEffectiveDeploymentsCommand({ coreDeviceThingName: 'a' }),
  );
  expect(effectiveDeployments?.[0]?.coreDeviceExecutionStatus).toBe(expected);
});

test.each([
  [false, 'none'],
  [true, 'ConflictException'],
])('refusesToCancelEnded %s: cancelling what is COMPLETED answers %s', async (is, expected) => {
  await start({ refusesToCancelEnded: is });
  const { deploymentId } = await create();
  aws.succeed('a');
  expect(await errorOf(cancel(deploymentId))).toBe(expected);
  expect(await status(deploymentId)).toBe('COMPLETED');
});

test('cancelling what is CANCELED answers SUCCESS, what is FAILED or INACTIVE is for refusesToCancelEnded', async () => {
  await start({ refusesToCancelEnded: true });
  const canceled = await create({ targetArn: groupArn('fleet') });
  await cancel(canceled.deploymentId);
  expect(await cancel(canceled.deploymentId)).toMatchObject({ message: 'SUCCESS' });
  const inactive = await create();
  const failed = await create();
  aws.fail('a');
  expect(await status(inactive.deploymentId)).toBe('INACTIVE');
  expect(await status(failed.deploymentId)).toBe('FAILED');
  for (const { deploymentId } of [inactive, failed])
    await expect(cancel(deploymentId)).rejects.toMatchObject({
      ...{ name: 'ConflictException', resourceId: deploymentId, resourceType: 'deployment' },
    });
});

test.each([
  [false, 'CANCELED'],
  [true, 'FAILED'],
])('abortedIsFailed %s: what its criteria stop is %s', async (is, expected) => {
  await start({ abortedIsFailed: is });
  const criteria = {
    failureType: 'FAILED',
    action: 'CANCEL',
    thresholdPercentage: 50,
    minNumberOfExecutedThings: 1,
  } as const;
  const { deploymentId } = await create({
    targetArn: groupArn('fleet'),
    iotJobConfiguration: { abortConfig: { criteriaList: [criteria] } },
  });
  aws.fail('a');
  expect(await status(deploymentId)).toBe(expected);
  expect(aws.device.pendingExecutions('b')).toEqual([]);
});

test.each([
  [false, 2, 50, 'CANCELED'],
  [true, 2, 49, 'ACTIVE'],
  [true, 1, 50, 'ACTIVE'],
  [true, 1, 49, 'CANCELED'],
])(
  'abortsBeyondLimits %s: of at least %i devices one of two may fail, %i %%: %s',
  async (is, minNumberOfExecutedThings, thresholdPercentage, expected) => {
    await start({ abortsBeyondLimits: is });
    const criteria = {
      ...({ failureType: 'FAILED', action: 'CANCEL' } as const),
      ...{ minNumberOfExecutedThings, thresholdPercentage },
    };
    const { deploymentId } = await create({
      targetArn: groupArn('fleet'),
      iotJobConfiguration: { abortConfig: { criteriaList: [criteria] } },
    });
    aws.succeed('a');
    aws.fail('b');
    expect(await status(deploymentId)).toBe(expected);
  },
);

test.each([
  [false, 'INACTIVE'],
  [true, 'CANCELED'],
])('supersededThingIsCanceled %s: the former revision is %s', async (is, expected) => {
  await start({ supersededThingIsCanceled: is });
  const { deploymentId } = await create();
  await create();
  expect(await status(deploymentId)).toBe(expected);
});

test.each([
  [false, 'ResourceNotFoundException'],
  [true, 'none'],
])('acceptsUnknownTargets %s: a target that isn’t there answers %s', async (is, expected) => {
  await start({ acceptsUnknownTargets: is });
  for (const targetArn of [thingArn('nobody'), groupArn('nothing')])
    expect(await errorOf(create({ targetArn }))).toBe(expected);
});

test.each([
  [false, 'none'],
  [true, 'ResourceNotFoundException'],
])('refusesUnknownComponents %s: an unknown version answers %s', async (is, expected) => {
  await start({ refusesUnknownComponents: is });
  const inlineRecipe = readFileSync('examples/recipes/thermostat-1.0.0.yaml');
  aws.controlPlane.createComponentVersion({ inlineRecipe }, { atOnce: true });
  const deploy = (componentVersion: string) =>
    create({
      components: {
        'com.example.Thermostat': { componentVersion },
        'aws.greengrass.Nucleus': { componentVersion: '2.15.0' },
      },
    });
  expect(await errorOf(deploy('1.0.0'))).toBe('none');
  expect(await errorOf(deploy('9.0.0'))).toBe(expected);
});

describe.each([false, true])('toleratesSameComponentVersion %s', (is) => {
  const recipe = readFileSync('examples/recipes/thermostat-1.0.0.yaml');
  const publish = (request: Partial<CreateComponentVersionCommandInput> = {}) =>
    aws.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe: recipe, ...request }));

  test(`the same recipe without tags ${is ? 'answers as before' : 'is refused'}`, async () => {
    await start({ toleratesSameComponentVersion: is });
    const { arn, creationTimestamp } = await publish({ tags: { team: 'heating' } });
    await aws.clock.advance(60);
    const again = await publish().catch((error: unknown) => error);
    expect(again).toMatchObject(is ? { arn, creationTimestamp } : { name: 'ConflictException' });
    const { tags } = await aws.greengrass.send(new DescribeComponentCommand({ arn }));
    expect(tags).toEqual({ team: 'heating' });
  });

  test('another recipe, or tags, are refused', async () => {
    await start({ toleratesSameComponentVersion: is });
    await publish();
    const other = Buffer.concat([recipe, Buffer.from('# the same, but for this line\n')]);
    for (const request of [{ inlineRecipe: other }, { tags: { team: 'heating' } }])
      expect(await errorOf(publish(request))).toBe('ConflictException');
  });
});

test.each([
  [false, 'none'],
  [true, 'ConflictException'],
])('checksClientToken %s: a known token with other words answers %s', async (is, expected) => {
  await start({ checksClientToken: is });
  const request = { clientToken: 'once', deploymentName: 'first' };
  const { deploymentId } = await create(request);
  expect((await create(request)).deploymentId).toBe(deploymentId);
  expect(await errorOf(create({ ...request, deploymentName: 'second' }))).toBe(expected);
});

test.each([
  [false, 'none'],
  [true, 'ConflictException'],
])('deletionRacesCancel %s: deleting right after cancelling answers %s', async (is, expected) => {
  await start({ deletionRacesCancel: is });
  const { deploymentId } = await create({ targetArn: groupArn('fleet') });
  await cancel(deploymentId);
  const remove = () => aws.greengrass.send(new DeleteDeploymentCommand({ deploymentId }));
  expect(await errorOf(remove())).toBe(expected);
  await aws.clock.advance(10);
  expect(await errorOf(remove())).toBe(is ? 'none' : 'ResourceNotFoundException');
});

test('the defaults are those of a fleet file that says nothing', async () => {
  await start({});
  expect(parseFleet({}, 'fleet.yaml').assumptions).toEqual(defaultAssumptions);
  expect(Object.values(defaultAssumptions)).not.toContain(true);
});
