import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CancelDeploymentCommand, CreateDeploymentCommand } from '@aws-sdk/client-greengrassv2';
import {
  GetThingShadowCommand,
  IoTDataPlaneClient,
  ListNamedShadowsForThingCommand,
} from '@aws-sdk/client-iot-data-plane';
import { startEmulatedCloud, thingArn, type EmulatedCloud } from '../support/emulated-cloud.js';

const shadowName = 'AWSManagedGreengrassV2Deployment';
const arn = (revision: number) =>
  `arn:aws:greengrass:eu-west-1:123456789012:configuration:thing/a:${revision}`;

let aws: EmulatedCloud;
let data: IoTDataPlaneClient;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  data = new IoTDataPlaneClient({ endpoint: aws.url, region: 'eu-west-1', credentials });
  aws.addCoreDevice('a');
});
afterEach(async () => {
  data.destroy();
  await aws.close();
});

const deploy = async () => {
  const created = await aws.greengrass.send(
    new CreateDeploymentCommand({
      targetArn: thingArn('a'),
      components: { 'com.example.Hello': { componentVersion: '1.0.0' } },
    }),
  );
  return created.deploymentId;
};
const shadow = async (more: { thingName?: string; shadowName?: string } = {}): Promise<unknown> => {
  const { payload } = await data.send(
    new GetThingShadowCommand({ thingName: 'a', shadowName, ...more }),
  );
  return JSON.parse(new TextDecoder().decode(payload));
};
const names = async (thingName = 'a') =>
  (await data.send(new ListNamedShadowsForThingCommand({ thingName }))).results;

test('a thing deployment is the desired state of a named shadow', async () => {
  const deploymentId = await deploy();
  const now = Date.UTC(2026, 0, 5, 8) / 1000;
  expect(await shadow()).toEqual({
    state: { desired: { fleetConfig: expect.any(String), desiredStatus: 'SUCCEEDED' } },
    metadata: { desired: { fleetConfig: { timestamp: now }, desiredStatus: { timestamp: now } } },
    version: 1,
    timestamp: now,
  });
  const document: unknown = JSON.parse(
    ((await shadow()) as { state: { desired: { fleetConfig: string } } }).state.desired.fleetConfig,
  );
  expect(document).toMatchObject({
    deploymentId,
    configurationArn: arn(1),
    components: { 'com.example.Hello': { version: '1.0.0' } },
    failureHandlingPolicy: 'ROLLBACK',
  });
});

test('what its device reports is the reported state', async () => {
  await deploy();
  aws.device.startExecution(aws.next('a'));
  expect(await shadow()).toMatchObject({
    state: {
      reported: {
        fleetConfigurationArnForStatus: arn(1),
        status: 'IN_PROGRESS',
        ggcVersion: '2.15.0',
      },
    },
    version: 2,
  });
  await aws.clock.advance(60);
  aws.device.finishExecution(aws.next('a'), {
    status: 'FAILED',
    detailedStatus: 'FAILED_ROLLBACK_COMPLETE',
    failureCause: 'it broke',
    errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR'],
    errorTypes: ['USER_COMPONENT_ERROR'],
  });
  expect(await shadow()).toMatchObject({
    state: {
      reported: {
        status: 'FAILED',
        statusDetails: {
          detailedStatus: 'FAILED_ROLLBACK_COMPLETE',
          failureCause: 'it broke',
          errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR'],
          errorTypes: ['USER_COMPONENT_ERROR'],
        },
      },
    },
    metadata: { reported: { status: { timestamp: Date.UTC(2026, 0, 5, 8, 1) / 1000 } } },
    version: 3,
  });
});

test('the next revision is desired while the one before is still reported', async () => {
  await deploy();
  aws.succeed('a');
  await deploy();
  expect(await shadow()).toMatchObject({
    state: {
      desired: { fleetConfig: expect.stringContaining(arn(2)) },
      reported: { fleetConfigurationArnForStatus: arn(1), status: 'SUCCEEDED' },
    },
  });
});

test('a deployment that is cancelled is desired CANCELED', async () => {
  const deploymentId = await deploy();
  await aws.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
  expect(await shadow()).toMatchObject({
    state: { desired: { desiredStatus: 'CANCELED' } },
    version: 2,
  });
});

test('a thing has this shadow once it has a deployment, and no other', async () => {
  const isAbsent = { name: 'ResourceNotFoundException' };
  expect(await names()).toEqual([]);
  await expect(shadow()).rejects.toMatchObject(isAbsent);
  await deploy();
  expect(await names()).toEqual([shadowName]);
  await expect(shadow({ shadowName: 'other' })).rejects.toMatchObject(isAbsent);
  await expect(shadow({ thingName: 'nobody' })).rejects.toMatchObject(isAbsent);
  await expect(names('nobody')).rejects.toMatchObject(isAbsent);
});

test('a name that no shadow can have is refused', async () => {
  await expect(shadow({ shadowName: 'a b' })).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
});
