import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { configured, later } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import {
  HOUR,
  nothingRemains,
  recordsOf,
  remains,
  remediate,
  runOf,
  startRun,
  truthOf,
} from '../support/remediation.js';
import { executionArn, startStack } from '../support/stack.js';
import { greenwave } from './run-greenwave.js';

const fleet = configured(40, { group: { deploySeconds: { median: 10, p99: 20 } } });
const sick = 'thermostats-0001';

async function withSick(timeScale: number | 'max' = 'max') {
  const stack = await startStack(fleet, timeScale);
  stack.cloud.emulator.inject.breakComponent(sick, thermostat);
  return stack;
}

test('of two runs at once the second ends at once and says so; without anything to do a run is over with its first step', async () => {
  const stack = await withSick();
  later(stack, 30, () => startRun(stack, 'run-2'));
  expect(await remediate(stack, 'run-1')).toMatchObject({ status: 'SUCCEEDED', outcome: 'Done' });
  expect(await runOf(stack, 'run-2')).toMatchObject({
    status: 'SUCCEEDED',
    outcome: 'AlreadyRunning',
    reason: expect.stringMatching(/^run run-1 is under way since 2026-/),
  });
  expect(await remediate(stack, 'run-3')).toMatchObject({ outcome: 'Nothing' });
  expect(await recordsOf(stack).run('run-1')).toMatchObject({
    startedBy: 'test',
    scan: { targets: 1, devices: 40, sick: 1 },
    devices: [{ thing: sick, cause: 'BrokenComponent', outcome: 'Recovered' }],
  });
  expect(await remains(stack)).toEqual(nothingRemains);
});

test('a run that was stopped is replaced: the next one goes on with its repair, and does nothing twice', async () => {
  const stack = await withSick();
  later(stack, 30, () =>
    stack.sfn.send(
      new StopExecutionCommand({ executionArn: executionArn('remediation', 'run-1') }),
    ),
  );
  expect(await remediate(stack, 'run-1')).toMatchObject({ status: 'ABORTED' });
  expect(await recordsOf(stack).device(sick)).toMatchObject({ state: 'Repairing', attempts: 1 });
  expect((await recordsOf(stack).runLock())?.runId).toBe('run-1');
  await stack.cloud.clock.advance(HOUR / 4);
  expect(await remediate(stack, 'run-2')).toMatchObject({
    devices: [{ thing: sick, remedy: 'redeliver', outcome: 'Recovered' }],
  });
  expect(await recordsOf(stack).device(sick)).toMatchObject({ state: 'Recovered', attempts: 1 });
  expect(stack.cloud.emulator.inspect.deployments()).toHaveLength(2);
  expect(await remains(stack)).toEqual(nothingRemains);
});

test('a verification that takes longer than a run is gone on with by the next', async () => {
  const stack = await withSick();
  const { clock } = stack.cloud;
  stack.cloud.emulator.inject.stick(sick);
  const settings = { verifyWithin: '2h' };
  const begin = clock.now();
  expect(await remediate(stack, 'run-1', { settings })).toMatchObject({
    devices: [{ thing: sick, outcome: 'Pending' }],
  });
  // The next one is due 15 minutes after this one began: it must not find it running.
  expect(clock.now() - begin).toBeLessThan(15 * 60_000);
  stack.cloud.emulator.inject.offline(sick);
  stack.cloud.emulator.inject.online(sick);
  await clock.advance(120);
  expect(await remediate(stack, 'run-2', { settings })).toMatchObject({
    devices: [{ thing: sick, outcome: 'Recovered' }],
  });
  expect(await recordsOf(stack).device(sick)).toMatchObject({ attempts: 1 });
});

const Printed = z.looseObject({ outcome: z.string(), devices: z.array(z.unknown()) });
const Explained = z.looseObject({ remediation: z.looseObject({ next: z.string() }).nullable() });

test('greenwave remediate: a dry run shows the plan and changes nothing, a run does it, explain tells it', async () => {
  const stack = await withSick();
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const before = { truth: truthOf(stack, sick), lock: await recordsOf(stack).runLock() };
  const dry = await greenwave(['remediate', '--dry-run', '--json'], environment);
  expect(dry.code).toBe(0);
  expect(Printed.parse(JSON.parse(dry.stdout))).toMatchObject({
    outcome: 'Planned',
    devices: [{ thing: sick, cause: 'BrokenComponent', remedy: 'redeliver', outcome: 'Planned' }],
  });
  expect({ truth: truthOf(stack, sick), lock: await recordsOf(stack).runLock() }).toEqual(before);
  expect((await recordsOf(stack).devices()).size).toBe(0);
  expect(stack.cloud.emulator.inspect.deployments()).toHaveLength(1);
  expect(stack.cloud.messages()).toEqual([]);

  const other = ['remediate', '--target', 'thing/thermostats-0002'];
  expect(await greenwave(other, environment)).toMatchObject({
    code: 0,
    stdout: 'there is nothing to do\n',
  });
  const done = await greenwave(['remediate', '--target', 'thinggroup/thermostats'], environment);
  expect(done.code).toBe(0);
  expect(done.stdout).toContain('40 devices of 1 target looked at, 1 sick.');
  expect(done.stdout).toMatch(/thermostats-0001 +BrokenComponent +redeliver +Recovered/);
  expect(truthOf(stack, sick)).toBe('1.0.0 RUNNING');

  const told = await greenwave(['explain', sick], environment);
  expect(told.stdout).toContain('BrokenComponent: attempt 1, redeliver: com.example.Thermostat');
  expect(told.stdout).toContain('Recovered; next: nothing: it is well');
  const healthy = await greenwave(['explain', 'thermostats-0002', '--json'], environment);
  expect(Explained.parse(JSON.parse(healthy.stdout)).remediation).toBeNull();
  const wrong = await greenwave(['remediate', '--target', 'thermostats'], environment);
  expect(wrong).toMatchObject({ code: 1 });
});

test('a person who has seen to a device has its attempts begin anew', async () => {
  const stack = await startStack(
    configured(40, {
      group: { deploySeconds: { median: 10, p99: 20 } },
    }),
  );
  const { inject } = stack.cloud.emulator;
  inject.stick(sick);
  inject.breakComponent(sick, thermostat);
  const settings = { verifyWithin: '5m' };
  expect(await remediate(stack, 'run-1', { settings })).toMatchObject({
    devices: [{ thing: sick, outcome: 'BackingOff' }],
  });
  expect(await remediate(stack, 'too-soon', { settings })).toMatchObject({ outcome: 'Nothing' });
  await stack.cloud.clock.advance(HOUR);
  expect(await remediate(stack, 'run-2', { settings })).toMatchObject({
    devices: [{ thing: sick, outcome: 'Escalated', cause: 'HungNucleus' }],
  });
  expect(stack.cloud.messages()[0]?.message).toContain('restart the device');
  expect(await remediate(stack, 'run-3', { settings })).toMatchObject({ outcome: 'Nothing' });
  inject.offline(sick);
  inject.online(sick);
  await stack.cloud.clock.advance(60);
  const asked = { settings, target: `thing/${sick}` };
  expect(await remediate(stack, 'run-4', asked)).toMatchObject({
    devices: [{ thing: sick, outcome: 'Recovered' }],
  });
  expect(await remains(stack)).toEqual(nothingRemains);
});
