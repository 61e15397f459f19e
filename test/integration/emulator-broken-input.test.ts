import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CreateDeploymentCommand } from '@aws-sdk/client-greengrassv2';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';
import { sendRaw, type Sent } from '../support/raw-request.js';

let aws: EmulatedCloud;

beforeAll(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterAll(() => aws.close());

const raw = (sent: Sent) => sendRaw(aws.url, sent);

const create = (body: string | Buffer, type?: string): Sent => ({
  ...{ method: 'POST', path: '/greengrass/v2/deployments', body },
  ...(type !== undefined && { type }),
});

test.each<[string, Sent]>([
  ['half an object', create('{"targetArn":')],
  ['a list', create('[]')],
  ['a text', create('"text"')],
  ['bytes that are no UTF-8', create(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
  ['XML', create('<targetArn/>', 'text/xml')],
  ['JSON that says it is a form', create('{}', 'application/x-www-form-urlencoded')],
  ['a broken label', { method: 'GET', path: '/greengrass/v2/deployments/%E0%A4%A' }],
  ['a broken query', { method: 'GET', path: '/greengrass/v2/coreDevices?runtime=%E0%A4%A' }],
])('%s can not be parsed', async (_, sent) => {
  expect(await raw(sent)).toMatchObject({
    ...{ status: 400, type: 'ValidationException' },
    body: { reason: 'CANNOT_PARSE', message: expect.any(String) },
  });
});

const get = (path: string): Sent => ({ method: 'GET', path });
const job = (iotJobConfiguration: object) =>
  create(JSON.stringify({ targetArn: groupArn('fleet'), iotJobConfiguration }));
const timeout = (minutes: number) =>
  job({ timeoutConfig: { inProgressTimeoutInMinutes: minutes } });
const rate = (incrementFactor: number) =>
  job({
    jobExecutionsRolloutConfig: {
      exponentialRate: {
        ...{ baseRatePerMinute: 1, incrementFactor },
        rateIncreaseCriteria: { numberOfNotifiedThings: 1 },
      },
    },
  });
const abort = (thresholdPercentage: number) =>
  job({
    abortConfig: {
      criteriaList: [
        {
          ...{ failureType: 'ALL', action: 'CANCEL' },
          ...{ thresholdPercentage, minNumberOfExecutedThings: 1 },
        },
      ],
    },
  });

test.each<[string, Sent]>([
  ['targetArn', create('{"targetArn":7}')],
  ['targetArn', create('{"targetArn":null}')],
  ['maxResults', get('/greengrass/v2/coreDevices?maxResults=many')],
  ['maxResults', get('/greengrass/v2/coreDevices?maxResults=0')],
  ['maxResults', get('/greengrass/v2/coreDevices?maxResults=1.5')],
  ['nextToken', get('/greengrass/v2/coreDevices?nextToken=forged')],
  ['coreDeviceThingName', get('/greengrass/v2/coreDevices//installedComponents')],
  ['deploymentId', get('/greengrass/v2/deployments/')],
  ['tagKeys', { method: 'DELETE', path: '/tags/arn%3Aaws%3Agreengrass%3A%3A1%3Adeployments%3Ax' }],
  ['iotJobConfiguration.timeoutConfig.inProgressTimeoutInMinutes', timeout(0)],
  ['iotJobConfiguration.timeoutConfig.inProgressTimeoutInMinutes', timeout(10_081)],
  ['iotJobConfiguration.jobExecutionsRolloutConfig.exponentialRate.incrementFactor', rate(1.55)],
  ['iotJobConfiguration.abortConfig.criteriaList.1.member.thresholdPercentage', abort(10.999)],
])('a wrong %s is named', async (field, sent) => {
  expect(await raw(sent)).toMatchObject({
    ...{ status: 400, type: 'ValidationException' },
    body: { reason: 'FIELD_VALIDATION_FAILED', fields: [{ name: field }] },
  });
});

test('digits after the decimal point are counted as they are written', async () => {
  for (const good of [timeout(10_080), rate(1.5), abort(10.99), abort(100)])
    expect(await raw(good)).toMatchObject({ status: 201 });
});

test.each([
  ['GET', '/'],
  ['GET', '/greengrass/v2/nothing'],
  ['PUT', '/greengrass/v2/deployments'],
  ['GET', '/%'],
  ['GET', '//'],
  ['GET', '/?x=%'],
  ['OPTIONS', '*'],
])('%s %s is an unknown operation', async (method, path) => {
  expect(await raw({ method, path })).toMatchObject({
    ...{ status: 400, type: 'ValidationException' },
    body: { reason: 'UNKNOWN_OPERATION' },
  });
});

test('a length counts characters, not what UTF-16 makes of them', async () => {
  const named = (deploymentName: string) =>
    raw(create(JSON.stringify({ targetArn: groupArn('fleet'), deploymentName })));
  expect(await named('🚀'.repeat(256))).toMatchObject({ status: 201 });
  expect(await named('🚀'.repeat(257))).toMatchObject({ status: 400 });
});

test('a request with any number of faults gets an answer of a moderate size', async () => {
  const long = 'k'.repeat(10_000);
  const components = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`${long}${i}`, { componentVersion: 7 }]),
  );
  const { body } = await raw(create(JSON.stringify({ targetArn: groupArn('fleet'), components })));
  expect(body['fields']).toHaveLength(50);
  expect(JSON.stringify(body).length).toBeLessThan(50_000);
});

test('what a request has too much is dropped', async () => {
  const more = { targetArn: groupArn('fleet'), unheardOf: [[[1]]], deploymentName: null };
  expect(await raw(create(JSON.stringify(more)))).toMatchObject({ status: 201 });
  expect([...aws.cloud.deployments.values()].at(-1)).not.toHaveProperty('unheardOf');
});

test('the body of an operation that takes none is not looked at', async () => {
  expect(
    await raw({ ...get('/greengrass/v2/coreDevices'), body: '{{{', type: 'text/plain' }),
  ).toMatchObject({ status: 200 });
});

test('AWS IoT words a body that it can not read as InvalidRequestException', async () => {
  const { status, type } = await raw({ method: 'POST', path: '/things/a', body: '[' });
  expect({ status, type }).toEqual({ status: 400, type: 'InvalidRequestException' });
});

test('the SDK knows the fields of a refusal', async () => {
  await expect(
    aws.greengrass.send(new CreateDeploymentCommand({ targetArn: 'nowhere' })),
  ).rejects.toMatchObject({
    ...{ name: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' },
    fields: [{ name: 'targetArn', message: expect.stringContaining('regular expression') }],
  });
});
