import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ListDeploymentsCommand } from '@aws-sdk/client-greengrassv2';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';
import { sendRaw } from '../support/raw-request.js';
import { exchange, hangUp } from '../support/raw-socket.js';

let aws: EmulatedCloud;

beforeAll(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterAll(() => aws.close());
afterEach(async () => {
  expect(await aws.greengrass.send(new ListDeploymentsCommand({}))).toHaveProperty('deployments');
});

const MEGABYTE = 1024 * 1024;
const path = '/greengrass/v2/deployments';
const post = (body: string) => sendRaw(aws.url, { method: 'POST', path, body });
const get = (path: string) => sendRaw(aws.url, { method: 'GET', path });

test('a body of 10 MB is read, and a member that has it is refused', async () => {
  const text = 'x'.repeat(10 * MEGABYTE);
  expect(
    await post(JSON.stringify({ targetArn: groupArn('fleet'), deploymentName: text })),
  ).toMatchObject({
    ...{ status: 400, type: 'ValidationException' },
    body: { fields: [{ name: 'deploymentName' }] },
  });
  expect(
    await post(JSON.stringify({ targetArn: groupArn('fleet'), unheardOf: text })),
  ).toMatchObject({ status: 201 });
});

test('a body that is too long is taken in and refused', async () => {
  expect(await post(' '.repeat(17 * MEGABYTE))).toMatchObject({
    ...{ status: 400, type: 'ValidationException' },
    body: { reason: 'CANNOT_PARSE', message: 'The request body is too long' },
  });
});

test('whoever sends without end is hung up on', async () => {
  await expect(post(' '.repeat(80 * MEGABYTE))).rejects.toMatchObject({
    code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/),
  });
});

test.each<[string, string]>([
  ['lists', '['.repeat(5 * MEGABYTE)],
  ['lists that end', '['.repeat(2 * MEGABYTE) + ']'.repeat(2 * MEGABYTE)],
  ['objects', '{"a":'.repeat(MEGABYTE)],
])('a body of %s in each other can not be parsed', async (_, body) => {
  expect(await post(body)).toMatchObject({ status: 400, body: { reason: 'CANNOT_PARSE' } });
});

test('members that nest deeply are of the wrong type', async () => {
  const deep = '['.repeat(MEGABYTE) + ']'.repeat(MEGABYTE);
  expect(await post(`{"targetArn":${deep},"tags":{"a":${deep}}}`)).toMatchObject({
    body: { fields: [{ name: 'targetArn' }, { name: 'tags.a.member' }] },
  });
});

test('a name of 100,000 characters is measured, percent-encoded or not', async () => {
  for (const character of ['a', '%41', '%F0%9F%9A%80'])
    expect(
      await get(`/greengrass/v2/coreDevices/${character.repeat(100_000)}/installedComponents`),
    ).toMatchObject({
      ...{ status: 400, type: 'ValidationException' },
      body: {
        fields: [{ name: 'coreDeviceThingName', message: expect.stringContaining('length') }],
      },
    });
});

test('an id of 100,000 characters, which may be as long as it likes, is not found', async () => {
  const id = 'a'.repeat(100_000);
  expect(await get(`${path}/${id}`)).toMatchObject({
    ...{ status: 404, type: 'ResourceNotFoundException', body: { resourceId: id } },
  });
});

test('a head of more than two megabytes is refused', async () => {
  const answer = await exchange(aws.url, `GET /${'a'.repeat(3 * MEGABYTE)} HTTP/1.1\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*x-amzn-errortype: ValidationException/s);
});

const list = `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;
const statuses = (answers: string) =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));

test('requests that come at once on a connection are answered in their order', async () => {
  const unknown = 'GET /nothing HTTP/1.1\r\n\r\n';
  const answers = await exchange(aws.url, list + unknown + list);
  expect(statuses(answers)).toEqual([200, 400, 200]);
});

test('what follows broken HTTP is not read, what precedes it is answered', async () => {
  const answers = await exchange(aws.url, `${list}${list}nonsense\r\n\r\n${list}`);
  expect(statuses(answers)).toEqual([200, 200, 400]);
});

test.each<[string, string]>([
  ['nothing but noise', '\0\x01\x02\xff'.repeat(1000)],
  ['half a request line', 'GET /greengrass/v2'],
  ['a header without a name', 'GET / HTTP/1.1\r\n: a\r\n\r\n'],
  ['a body shorter than its length', `POST ${path} HTTP/1.1\r\ncontent-length: 100\r\n\r\n{"a":`],
  ['two lengths', `POST ${path} HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}`],
  [
    'a length of chunks',
    `POST ${path} HTTP/1.1\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
  ],
  ['chunks without end', `POST ${path} HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n{`],
  ['a chunk of a wrong size', `POST ${path} HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
])('a half-closed connection with %s is refused', async (_, bytes) => {
  const answer = await exchange(aws.url, Buffer.from(bytes, 'latin1'));
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*x-amzn-errortype: ValidationException/s);
});

test('a half-closed connection with a whole request gets its answer', async () => {
  for (const request of [
    list,
    'GET /nothing HTTP/1.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
    'GET /nothing HTTP/1.1\r\nexpect: coffee\r\n\r\n',
    'HEAD /nothing HTTP/1.0\r\n\r\n',
  ])
    expect(statuses(await exchange(aws.url, request))).toEqual([request === list ? 200 : 400]);
});

test('a tunnel is closed', async () => {
  expect(await exchange(aws.url, 'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n')).toBe('');
});

test('a caller that hangs up is no trouble for others', async () => {
  await hangUp(aws.url, `POST ${path} HTTP/1.1\r\ncontent-length: 1000000\r\n\r\n{`);
  await hangUp(aws.url, list.repeat(100));
  await hangUp(aws.url, 'GET ');
});
