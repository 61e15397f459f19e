import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  AccessDeniedException,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetServiceRoleForAccountCommand,
  GreengrassV2Client,
  ListDeploymentsCommand,
  ThrottlingException,
} from '@aws-sdk/client-greengrassv2';
import { ListThingsCommand } from '@aws-sdk/client-iot';
import {
  IoTDataPlaneClient,
  ListNamedShadowsForThingCommand,
} from '@aws-sdk/client-iot-data-plane';
import { startEmulator } from '../../emulator/main.js';
import { closing } from '../support/closing.js';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

test('requests are counted by service and operation', async () => {
  await aws.greengrass.send(new ListDeploymentsCommand({}));
  await aws.greengrass.send(new ListDeploymentsCommand({}));
  await aws.iot.send(new ListThingsCommand({}));
  expect(Object.fromEntries(aws.calls)).toEqual({
    'Greengrass.ListDeployments': 2,
    'IoT.ListThings': 1,
  });
});

test('throttling is a fault that can be switched on', async () => {
  aws.faults.throttle = 1;
  await expect(aws.greengrass.send(new ListDeploymentsCommand({}))).rejects.toBeInstanceOf(
    ThrottlingException,
  );
  await expect(aws.iot.send(new ListThingsCommand({}))).rejects.toMatchObject({
    name: 'ThrottlingException',
  });
});

test('server errors are a fault that can be switched on', async () => {
  aws.faults.serverError = 1;
  await expect(aws.greengrass.send(new ListDeploymentsCommand({}))).rejects.toMatchObject({
    name: 'InternalServerException',
    retryAfterSeconds: 1,
    $metadata: { httpStatusCode: 500 },
  });
});

test('a caller is denied as by a policy, by name', async () => {
  aws.faults.accessDenied = 1;
  const denied = (action: string) => ({
    ...{ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403, attempts: 1 } },
    message: `User: arn:aws:iam::123456789012:user/test is not authorized to perform: ${action}`,
  });
  await expect(deploy()).rejects.toMatchObject(denied('greengrass:CreateDeployment'));
  // Its model has no such error.
  await expect(aws.greengrass.send(new GetServiceRoleForAccountCommand({}))).rejects.toMatchObject(
    denied('greengrass:GetServiceRoleForAccount'),
  );
  await expect(aws.iot.send(new ListThingsCommand({}))).rejects.toMatchObject(
    denied('iot:ListThings'),
  );
  const data = new IoTDataPlaneClient({
    ...{ endpoint: aws.url, region: 'eu-west-1' },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await expect(
    data.send(new ListNamedShadowsForThingCommand({ thingName: 'any' })),
  ).rejects.toMatchObject({ name: 'ForbiddenException', $metadata: { httpStatusCode: 403 } });
  data.destroy();
  const unsigned = await fetch(`${aws.url}/greengrass/v2/deployments`);
  expect(await unsigned.json()).toEqual({
    message: 'User: anonymous is not authorized to perform: greengrass:ListDeployments',
  });
  expect([...aws.cloud.deployments]).toHaveLength(0);
});

const deploy = () =>
  aws.greengrass.send(new CreateDeploymentCommand({ targetArn: groupArn('fleet') }));

test('an operation has shares of its own, which take the place of those for all', async () => {
  aws.faults.throttle = 1;
  aws.faults.operations['Greengrass.ListDeployments'] = { throttle: 0 };
  await aws.greengrass.send(new ListDeploymentsCommand({}));
  await expect(deploy()).rejects.toBeInstanceOf(ThrottlingException);
});

test('a reset connection leaves nothing behind', async () => {
  aws.faults.operations['Greengrass.CreateDeployment'] = { reset: 1 };
  await expect(deploy()).rejects.toThrow('ECONNRESET');
  expect([...aws.cloud.deployments]).toHaveLength(0);
});

test('a lost answer leaves the effect behind', async () => {
  aws.faults.operations['Greengrass.CreateDeployment'] = { lostAnswer: 1 };
  await expect(deploy()).rejects.toThrow('ECONNRESET');
  expect([...aws.cloud.deployments]).toHaveLength(1);
});

test('a slow answer has its effect at once, and a client that gives up never sees it', async () => {
  aws.faults.operations['Greengrass.CreateDeployment'] = { slow: { share: 1, seconds: 3600 } };
  const abort = new AbortController();
  const request = aws.greengrass.send(
    new CreateDeploymentCommand({ targetArn: groupArn('fleet') }),
    {
      abortSignal: abort.signal,
    },
  );
  const lost = expect(request).rejects.toMatchObject({ name: 'AbortError' });
  while (aws.cloud.deployments.size === 0) await new Promise((resolve) => setImmediate(resolve));
  abort.abort();
  await lost;
  aws.faults.operations['Greengrass.CreateDeployment'] = { slow: { share: 1, seconds: 0.01 } };
  expect((await deploy()).deploymentId).toBeDefined();
});

/** With the SDK's own three attempts. */
async function startWithInject() {
  const emulator = closing(
    await startEmulator({ fleet: { thingGroups: { fleet: { count: 1 } } }, timeScale: 'max' }),
  );
  const greengrass = new GreengrassV2Client({
    endpoint: emulator.url,
    region: emulator.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { emulator, greengrass };
}

test('an injected fault meets the next requests and no others', async () => {
  const { emulator, greengrass } = await startWithInject();
  emulator.inject.fault('Greengrass.ListDeployments', 'throttle', 2);
  await greengrass.send(new ListDeploymentsCommand({}));
  expect(emulator.inspect.calls()).toEqual({ 'Greengrass.ListDeployments': 3 });
});

test('an answer lost after the effect doesn’t double it for a client that repeats its token', async () => {
  const { emulator, greengrass } = await startWithInject();
  emulator.inject.fault('Greengrass.CreateDeployment', 'lostAnswer');
  const targetArn = groupArn('fleet');
  const { deploymentId } = await greengrass.send(new CreateDeploymentCommand({ targetArn }));
  expect(emulator.inspect.calls()).toEqual({ 'Greengrass.CreateDeployment': 2 });
  expect(emulator.inspect.deployments()).toMatchObject([{ deploymentId }]);
});

test('an injected denial meets a client that doesn’t try again', async () => {
  const { emulator, greengrass } = await startWithInject();
  emulator.inject.fault('Greengrass.CreateDeployment', 'accessDenied');
  const create = () =>
    greengrass.send(new CreateDeploymentCommand({ targetArn: groupArn('fleet') }));
  await expect(create()).rejects.toBeInstanceOf(AccessDeniedException);
  expect(emulator.inspect.calls()).toEqual({ 'Greengrass.CreateDeployment': 1 });
  expect((await create()).deploymentId).toBeDefined();
});

test('a fault that there isn’t, or of an operation that there isn’t, is refused', async () => {
  const { emulator } = await startWithInject();
  const fault = Reflect.get(emulator.inject, 'fault') as (...args: unknown[]) => void;
  const right = 'throttle, serverError, accessDenied, reset, lostAnswer or { slowSeconds } above 0';
  expect(() => fault('Greengrass.GetDeployment', 'trottle')).toThrow(
    `inject.fault: fault: "trottle" is not right; write ${right}`,
  );
  expect(() => fault('Greengrass.GetDeployment', { slowSeconds: 0 })).toThrow(
    `inject.fault: fault.slowSeconds: 0 is not right; write a number above 0`,
  );
  expect(() => fault('Greengrass.GetDeployment', 'reset', 0)).toThrow(
    'inject.fault: times: 0 is not right; write a whole number above 0',
  );
  expect(() => emulator.inject.fault('Greengrass.Deploy', 'reset')).toThrow(
    'Greengrass.Deploy is no operation of the emulator',
  );
  const faults = { operations: { 'Greengrass.Deploy': { reset: 1 } } };
  await expect(startEmulator({ fleet: { faults } })).rejects.toThrow(
    'fleet: faults.operations["Greengrass.Deploy"]: is no operation that the emulator has',
  );
});

test('the same seed makes the same faults and the same ids', async () => {
  const history = async () => {
    const other = await startEmulatedCloud();
    other.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
    const { deploymentId } = other.controlPlane.createDeployment({ targetArn: groupArn('fleet') });
    other.faults.throttle = 0.5;
    const outcomes: unknown[] = [deploymentId];
    for (let i = 0; i < 8; i += 1)
      outcomes.push(
        await other.greengrass.send(new GetDeploymentCommand({ deploymentId })).then(
          () => 'answered',
          () => 'throttled',
        ),
      );
    await other.close();
    return outcomes;
  };
  const first = await history();
  expect(new Set(first).size).toBe(3);
  expect(await history()).toEqual(first);
});

test('a state that there isn’t is refused by its field', async () => {
  const { emulator } = await startWithInject();
  const componentState = Reflect.get(emulator.inject, 'componentState') as (
    ...args: unknown[]
  ) => void;
  expect(() => componentState('com.example.App', '1.0.0', { state: 'BROKEN' })).toThrow(
    'inject.componentState: state: "BROKEN" is not right; write one of DEPLOYABLE, FAILED, DEPRECATED',
  );
});
