import { expect, test } from '@jest/globals';
import { thermostat, thermostats } from '../support/fleets.js';
import { releaseFile, releasesOf } from '../support/releases.js';
import { startStack } from '../support/stack.js';
import { webhookExamples } from '../support/webhook-examples.js';
import {
  GITHUB_SECRET,
  STANDARD_SECRET,
  putParameters,
  githubHeaders,
  releaseEvent,
  sendGithub,
  sendStandard,
} from '../support/webhooks.js';

const OTHER_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

async function receiving() {
  const lines: string[] = [];
  const stack = await startStack(thermostats(2), 1, {
    isCold: true,
    onLog: (line) => lines.push(line),
  });
  await putParameters(stack.config, 'github', { secret: `old\n${GITHUB_SECRET}` });
  await putParameters(stack.config, 'ci', { secret: `${OTHER_SECRET}\n${STANDARD_SECRET}` });
  return { stack, url: stack.cloud.url, lines };
}

test('every webhook gets the answer that it deserves, and none of its secrets is ever written', async () => {
  const { stack, url, lines } = await receiving();
  const ping = { zen: 'Keep it logically awesome.' };
  expect((await sendGithub(url, 'ping', ping)).status).toBe(204);
  expect((await sendGithub(url, 'ping', ping, { secret: 'wrong' })).status).toBe(401);
  expect((await sendGithub(url, 'ping', ping, { secret: 'old' })).status).toBe(204);
  const unsigned = { headers: { 'x-hub-signature-256': '' } };
  expect((await sendGithub(url, 'ping', ping, unsigned)).status).toBe(401);
  expect((await sendGithub(url, 'ping', 'no json')).status).toBe(400);
  const large = { padding: 'x'.repeat(1_048_576) };
  expect((await sendGithub(url, 'ping', large)).status).toBe(413);

  const event = releaseEvent(releaseFile(), 'v1.4.0');
  const lookUps = () => stack.cloud.calls()['SSM.GetParameter'] ?? 0;
  expect((await sendStandard(url, event, { source: 'nobody' })).status).toBe(404);
  const looked = lookUps();
  expect(looked).toBeGreaterThan(0);
  expect((await sendStandard(url, event, { source: 'nobody' })).status).toBe(404);
  expect(lookUps()).toBe(looked);
  expect((await sendStandard(url, event, { source: 'No%20body' })).status).toBe(404);
  expect((await sendStandard(url, { type: 'user.created' })).status).toBe(204);
  expect((await sendStandard(url, { type: 'release.published' })).status).toBe(400);
  const stale = new Date(Date.now() - 6 * 60_000);
  expect((await sendStandard(url, event, { at: stale })).status).toBe(401);
  expect((await fetch(`${url}/webhooks/github`)).status).toBe(404);
  expect(await releasesOf(stack).list()).toEqual([]);

  const accepted = await sendStandard(url, event, { secret: OTHER_SECRET });
  expect(accepted).toEqual({
    status: 202,
    body: { releaseId: expect.stringMatching(/^ci-[0-9a-f]{16}$/) as unknown },
  });
  for (const secret of [GITHUB_SECRET, OTHER_SECRET, STANDARD_SECRET])
    expect(lines.join('\n')).not.toContain(secret);
});

test('with one bit of body or signature changed, a webhook makes nothing', async () => {
  const { stack, url } = await receiving();
  const event = { action: 'greenwave-release', repository: { full_name: 'a/b' } };
  const body = JSON.stringify({ ...event, client_payload: { file: releaseFile(), tag: 'v1.4.0' } });
  const headers = await githubHeaders('repository_dispatch', body);
  const send = (text: string, more: Record<string, string> = {}) =>
    fetch(`${url}/webhooks/github`, {
      method: 'POST',
      body: text,
      headers: { ...headers, ...more },
    });
  const flipped = String.fromCharCode(body.charCodeAt(40) ^ 1);
  expect((await send(body.slice(0, 40) + flipped + body.slice(41))).status).toBe(401);
  const signature = headers['x-hub-signature-256'];
  const last = (Number.parseInt(signature.slice(-1), 16) ^ 1).toString(16);
  expect((await send(body, { 'x-hub-signature-256': signature.slice(0, -1) + last })).status).toBe(
    401,
  );
  expect(stack.cloud.calls()).not.toHaveProperty(['StepFunctions.StartExecution']);
  expect((await send(body)).status).toBe(202);
  expect(stack.cloud.calls()).toMatchObject({ 'StepFunctions.StartExecution': 1 });
});

test('every example payload of GitHub is answered, none with a fault of ours', async () => {
  const { stack, url } = await receiving();
  const statuses = new Map<number, number>();
  for (const [i, { event, payload }] of webhookExamples.entries()) {
    const { status } = await sendGithub(url, event, payload, { id: `d-${i}` });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()].sort()).toEqual([202, 204]);
  expect(statuses.get(202)).toBe(3);
  expect(webhookExamples.length).toBeGreaterThan(250);
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.0.0': 2 });
});

test('while the secret store is down a webhook is told to come again, loudly, and is then taken', async () => {
  const { stack, url, lines } = await receiving();
  const outage = (services: string[]) =>
    fetch(`${url}/_greenwave/outages`, { method: 'POST', body: JSON.stringify({ services }) });
  expect(await (await outage(['SSM'])).json()).toEqual({ services: ['SSM'] });
  const event = releaseEvent(releaseFile(), 'v1.4.0');
  expect((await sendStandard(url, event)).status).toBe(503);
  expect(lines.some((line) => line.includes('"ERROR"') && line.includes('SSM is down'))).toBe(true);
  expect(await releasesOf(stack).list()).toEqual([]);
  await outage([]);
  expect((await sendStandard(url, event)).status).toBe(202);
  expect((await outage(['Nothing'])).status).toBe(400);
});
