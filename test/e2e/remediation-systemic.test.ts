import { expect, test } from '@jest/globals';
import { configured, later, spoiling, thermostatsArn } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import {
  deployTo,
  HOUR,
  nothingRemains,
  recordsOf,
  remains,
  remediate,
  startRun,
} from '../support/remediation.js';
import { startStack } from '../support/stack.js';

/** Breaks a while after its deployment has succeeded, on so many devices. */
const sickly = (share: number) =>
  configured(40, {
    behaviours: [
      { component: thermostat, version: '1.1.0', share, outcome: 'BROKEN', afterSeconds: 300 },
    ],
    group: { deploySeconds: { median: 10, p99: 20 } },
  });

test('a sick release without a rollout: no device is touched, and people are told once how to go back', async () => {
  const stack = await startStack(sickly(0.5), 'max', { isRemediated: true });
  const { clock, emulator } = stack.cloud;
  await clock.advance(60);
  await deployTo(stack, thermostatsArn, { [thermostat]: '1.1.0' });
  await clock.advance(6 * HOUR);
  const [message, ...more] = stack.cloud.messages();
  expect(more).toEqual([]);
  expect(message?.subject).toBe('Greenwave: com.example.Thermostat 1.1.0 makes devices sick');
  expect(message?.message).toMatch(/^\d+ of 40 devices of thinggroup\/thermostats are sick with/);
  expect(message?.message).toContain(
    `echo '{"name":"back-to-1.0.0","target":"thinggroup/thermostats","release":{"components":{"${thermostat}":{"version":"1.0.0"}}}}' | greenwave rollout /dev/stdin`,
  );
  expect((await recordsOf(stack).devices()).size).toBe(0);
  expect(emulator.inspect.deployments()).toHaveLength(2);
  expect(await remains(stack)).toEqual(nothingRemains);

  // While it is taken back the devices still report what they had: nobody is told to undo that.
  await deployTo(stack, thermostatsArn, { [thermostat]: '1.0.0' });
  await remediate(stack, 'meanwhile');
  expect(stack.cloud.messages()).toHaveLength(1);
});

test('a sick release whose rollout runs is aborted for it, by its intent, and taken back by the rollout', async () => {
  const stack = await startStack(sickly(0.6));
  const id = 'thermostat-1.1.0-rrrrrrr1';
  const health = { maxFailurePercent: 90, deviceDeadline: '10m', minReachPercent: 80 };
  const waves = [{ name: 'most', percent: 100, bake: '6h' }];
  later(stack, 3600, () => startRun(stack, 'run-1'));
  await stack.run(id, spoiling({ waves, health, maxInFlight: 40 }));
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Aborted', stragglers: [] });
  expect(rollout.endReason).toMatch(
    /aborted by remediation: \d+ of 40 devices are sick with com\.example\.Thermostat 1\.1\.0/,
  );
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.0.0': 40 });
  expect((await recordsOf(stack).devices()).size).toBe(0);
  const toPeople = stack.cloud
    .messages()
    .filter(({ topicArn }) => topicArn.endsWith(':greenwave-dev-people'));
  expect(toPeople.map(({ message }) => message)).toEqual([
    expect.stringContaining(`rollout ${id} of that version is aborted`),
  ]);
});

test('devices in the hands of a rollout are left to it, the others of its target are not', async () => {
  const stack = await startStack(
    configured(40, { group: { deploySeconds: { median: 10, p99: 20 } } }),
  );
  const { inject } = stack.cloud.emulator;
  const id = 'thermostat-1.1.0-rrrrrrr2';
  const health = { maxFailurePercent: 90, deviceDeadline: '10m', minReachPercent: 80 };
  const waves = [{ name: 'canary', devices: 5, bake: '1h', approval: true }, { percent: 100 }];
  await stack.run(id, spoiling({ waves, health }));
  const order = await stack.rollouts.order(id, 0, 40);
  const [held = '', free = ''] = [order[0]?.thing, order[39]?.thing];
  inject.breakComponent(held, thermostat);
  inject.breakComponent(free, thermostat);
  expect(await remediate(stack, 'run-1')).toMatchObject({
    outcome: 'Done',
    scan: { sick: 2, left: { held: 1 } },
    devices: [{ thing: free, cause: 'BrokenComponent', outcome: 'Recovered' }],
  });
  expect([...(await recordsOf(stack).devices()).keys()]).toEqual([free]);
});
