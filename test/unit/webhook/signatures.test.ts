import { expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { isSignedByGithub } from '../../../src/webhooks/github-signature.js';
import { isStandardSigned } from '../../../src/webhooks/standard-signature.js';
import { receive, requestBody } from '../../../src/webhooks/receive.js';

/** Published: GitHub Docs, "Validating webhook deliveries", "Testing the webhook payload validation". */
const github = {
  secret: "It's a Secret to Everybody",
  body: 'Hello, World!',
  signature: 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
};

test("GitHub's published vector is taken, and nothing that differs from it by a bit", async () => {
  const { secret, body, signature } = github;
  expect(await isSignedByGithub([secret], body, signature)).toBe(true);
  expect(await isSignedByGithub(['other', secret], body, signature)).toBe(true);
  expect(await isSignedByGithub(['other'], body, signature)).toBe(false);
  expect(await isSignedByGithub([secret], 'Hello, World?', signature)).toBe(false);
  expect(await isSignedByGithub([secret], body, signature.replace('17', '16'))).toBe(false);
  for (const broken of [undefined, '', 'sha256=', 'sha1=757107ea', signature.slice(7)])
    expect(await isSignedByGithub([secret], body, broken)).toBe(false);
});

/** Published: the Standard Webhooks specification's own library, `sign function works`. */
const standard = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

const standardHeaders = (timestamp: number, signature: string) => ({
  'webhook-id': standard.id,
  'webhook-timestamp': String(timestamp),
  'webhook-signature': signature,
});

/** By the specification's words: HMAC-SHA256 over `id.timestamp.body` under the secret's bytes, in base64. */
const signed = (timestamp: number, body = standard.body, secret = standard.secret) =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${standard.id}.${timestamp}.${body}`)
    .digest('base64')}`;

const now = () => Math.floor(Date.now() / 1000);
const secrets = [standard.secret];

test('the published vector of Standard Webhooks is signed as here, and by now too old', () => {
  expect(signed(standard.timestamp)).toBe(standard.signature);
  const headers = standardHeaders(standard.timestamp, standard.signature);
  expect(isStandardSigned(secrets, standard.body, headers)).toBe(false);
});

test.each([
  ['now', 0, true],
  ['four minutes ago', -240, true],
  ['in four minutes', 240, true],
  ['six minutes ago', -360, false],
  ['in six minutes', 360, false],
])('a standard webhook of %s', (_, offset, isTaken) => {
  const time = now() + offset;
  const headers = standardHeaders(time, signed(time));
  expect(isStandardSigned(secrets, standard.body, headers)).toBe(isTaken);
});

test('of several signatures one has to fit, and of two secrets', () => {
  const time = now();
  const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
  const both = `${signed(time, standard.body, other)} v1a,x ${signed(time)}`;
  expect(isStandardSigned(secrets, standard.body, standardHeaders(time, both))).toBe(true);
  const old = standardHeaders(time, signed(time, standard.body, other));
  expect(isStandardSigned([standard.secret, other], standard.body, old)).toBe(true);
  expect(isStandardSigned(secrets, standard.body, old)).toBe(false);
  expect(isStandardSigned(secrets, '{"test": 2432232315}', standardHeaders(time, both))).toBe(
    false,
  );
  expect(isStandardSigned(secrets, standard.body, {})).toBe(false);
  expect(isStandardSigned(secrets, standard.body, standardHeaders(time, 'v1'))).toBe(false);
});

test('what is signed and can not be read, or asks for nothing, is told apart', async () => {
  const { secret } = github;
  const sign = (body: string) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const request = (body: string, more = {}) => ({
    source: 'github',
    body,
    headers: { 'x-hub-signature-256': sign(body), 'x-github-delivery': 'd-1', ...more },
  });
  expect(await receive(request('{'), [secret])).toMatchObject({ status: 400 });
  expect(await receive(request('{}', { 'x-github-event': 'ping' }), [secret])).toMatchObject({
    status: 204,
  });
  expect(await receive(request('{}', { 'x-github-delivery': '' }), [secret])).toMatchObject({
    status: 400,
  });
  expect(await receive(request('{}'), ['other'])).toMatchObject({ status: 401 });
});

test('a body of more than a megabyte is not read, however it comes', () => {
  const body = 'x'.repeat(1_048_577);
  expect(requestBody({ body, isBase64Encoded: false })).toBeUndefined();
  const base64 = Buffer.from(body).toString('base64');
  expect(requestBody({ body: base64, isBase64Encoded: true })).toBeUndefined();
  expect(requestBody({ body: body.slice(1), isBase64Encoded: false })).toHaveLength(1_048_576);
});
