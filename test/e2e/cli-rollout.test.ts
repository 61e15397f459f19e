import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { greenwave, greenwaveUp } from './run-greenwave.js';

const recipe = (version: string) => resolve(`examples/recipes/thermostat-${version}.yaml`);
const group = (count: number) => ({
  count,
  deployed: { 'com.example.Thermostat': { componentVersion: '1.0.0' } },
});
const fleet = {
  seed: 3,
  components: [recipe('1.0.0'), recipe('1.1.0')],
  thingGroups: { good: group(20), bad: group(20) },
  behaviours: [{ component: 'com.example.Thermostat', version: '1.1.0', outcome: 'FAILED' }],
};
const rollout = (target: string) => ({
  name: `to-${target}`,
  target: `thinggroup/${target}`,
  release: { components: { 'com.example.Thermostat': { version: '1.1.0' } } },
  strategy: { waves: [{ devices: 4, bake: '5m' }] },
});
const Status = z.object({ id: z.string(), phase: z.string(), admitted: z.number() });

let folder: string;
let good: Awaited<ReturnType<typeof greenwaveUp>>;
let bad: Awaited<ReturnType<typeof greenwaveUp>>;
const on = ({ url }: { url: string }) => ({ AWS_ENDPOINT_URL: url });
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenwave-'));
  await writeFile(file('bad-fleet.json'), JSON.stringify(fleet));
  await writeFile(file('good-fleet.json'), JSON.stringify({ ...fleet, behaviours: [] }));
  await writeFile(file('good.json'), JSON.stringify(rollout('good')));
  await writeFile(file('bad.json'), JSON.stringify(rollout('bad')));
  await writeFile(file('nowhere.json'), JSON.stringify(rollout('nowhere')));
  good = await greenwaveUp(['--fleet', file('good-fleet.json')]);
  bad = await greenwaveUp(['--fleet', file('bad-fleet.json')]);
});

afterAll(async () => {
  expect([await good.stop(), await bad.stop()]).toEqual([0, 0]);
  await rm(folder, { recursive: true });
});

test('a plan shows the waves and changes nothing', async () => {
  const { code, stdout } = await greenwave(['plan', file('good.json'), '--json'], on(good));
  const plan = z
    .object({ waves: z.array(z.object({ size: z.number() })) })
    .parse(JSON.parse(stdout));
  expect(plan.waves.map(({ size }) => size)).toEqual([4, 20]);
  expect(code).toBe(0);
  expect((await greenwave(['list', '--json'], on(good))).stdout).toBe('[]\n');
});

test('a rollout prints its id alone, and is watched, listed and shown by it', async () => {
  const started = await greenwave(['rollout', file('good.json')], on(good));
  expect(started.stdout).toMatch(/^to-good-[a-z2-7]{8}\n$/);
  expect(started.code).toBe(0);
  const id = started.stdout.trim();

  const watched = await greenwave(['watch', id], on(good));
  expect(watched.stdout).toMatch(/Promoted: target: devices 20, succeeded 20, failed 0/);
  expect(watched.code).toBe(0);

  const status = await greenwave(['status', id, '--json'], on(good));
  expect(Status.parse(JSON.parse(status.stdout))).toEqual({ id, phase: 'Promoted', admitted: 20 });
  expect((await greenwave(['list'], on(good))).stdout).toContain(id);
  expect((await greenwave(['list', '--open', '--json'], on(good))).stdout).toBe('[]\n');
});

test('a bad release is aborted: exit code 2, and the objects of --json say why', async () => {
  const { code, stdout } = await greenwave(
    ['rollout', file('bad.json'), '--watch', '--json'],
    on(bad),
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({
    type: 'status',
    phase: 'Aborted',
    verdict: 'Abort',
    wave: 0,
  });
  expect(code).toBe(2);
});

test('a target that is not there is refused before anything is started', async () => {
  const { code, stdout, stderr } = await greenwave(['rollout', file('nowhere.json')], on(good));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('nowhere');
});

test('time is moved by as much as is asked', async () => {
  const read = async () =>
    z.object({ now: z.string() }).parse(await (await fetch(`${good.url}/_greenwave/clock`)).json())
      .now;
  const before = Date.parse(await read());
  const { code, stdout } = await greenwave(['advance', '2h', '--json'], on(good));
  const { now } = z.object({ now: z.string() }).parse(JSON.parse(stdout));
  expect(code).toBe(0);
  expect(Date.parse(now) - before).toBe(7_200_000);
});
