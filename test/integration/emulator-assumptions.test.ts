import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetDeploymentCommand,
  ListEffectiveDeploymentsCommand,
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
