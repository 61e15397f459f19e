import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { rm } from 'node:fs/promises';
import { type Host, startHost } from '../../local/host.js';
import { closing } from '../support/closing.js';
import { fixture, packageOf, startPackage } from '../support/local-stack.js';

let root: string;
let host: Host;

beforeAll(async () => {
  const Hang = fixture('hangsAtSecond', { Timeout: 60 });
  root = await packageOf({ Counter: fixture('counter'), Log: fixture('log'), Hang });
  host = await startHost();
});
afterAll(async () => {
  await host.close();
  await rm(root, { recursive: true });
});

const startHere = async () => closing(await startPackage(root, { host }));

const lambdaOf = ({ aws }: Awaited<ReturnType<typeof startHere>>) => new LambdaClient(aws);

async function ask(lambda: LambdaClient, name: string): Promise<string | undefined> {
  const command = new InvokeCommand({ FunctionName: `greenwave-test-${name}`, Payload: '{}' });
  return (await lambda.send(command)).Payload?.transformToString();
}

test('the next local cloud of a host has its port, and its functions loaded as they were', async () => {
  const first = await startHere();
  expect(await ask(lambdaOf(first), 'counter')).toBe('1');
  await ask(lambdaOf(first), 'log');
  const written = [...first.lines];
  expect(written).not.toEqual([]);
  await first.close();
  const second = await startHere();
  expect(second.url).toBe(first.url);
  expect(await ask(lambdaOf(second), 'counter')).toBe('2');
  await ask(lambdaOf(second), 'log');
  expect(first.lines).toEqual(written);
  expect(second.lines).toEqual(written);
});

test('a function that is still busy when its local cloud ends is not kept', async () => {
  const first = await startHere();
  expect(await ask(lambdaOf(first), 'hangsAtSecond')).toBe('1');
  const lost = ask(lambdaOf(first), 'hangsAtSecond');
  while (first.calls()['Lambda.Invoke'] !== 2) await fetch(first.url);
  await first.close();
  expect(await lost).toContain('Runtime.ExitError');
  expect(await ask(lambdaOf(await startHere()), 'hangsAtSecond')).toBe('1');
});

test('one local cloud at a time: a second one is refused while the first runs', async () => {
  await startHere();
  expect(host.isFree).toBe(false);
  await expect(startHere()).rejects.toThrow('a local cloud runs on this host already');
});

test('after the last local cloud the port answers that nothing is there', async () => {
  const cloud = await startHere();
  await cloud.close();
  expect((await fetch(cloud.url)).status).toBe(503);
});
