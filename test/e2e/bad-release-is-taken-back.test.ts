import { expect, test } from '@jest/globals';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import {
  configured,
  failing,
  leftovers,
  nothingLeft,
  softwareOf,
  spoiling,
  thermostatsArn,
} from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

test.each([
  { share: 0.95, id: 'thermostat-1.1.0-aaaaaaa2', fewest: 1, most: 5 },
  { share: 0.3, id: 'thermostat-1.1.0-aaaaaaa3', fewest: 2, most: 60 },
])(
  'a release that fails on $share of the devices is aborted, and all have versions and configuration again',
  async ({ share, id, fewest, most }) => {
    const stack = await startStack(configured(80, { behaviours: [failing(share)] }));
    const before = softwareOf(stack);
    const ended = await stack.run(id, spoiling());
    expect(JSON.parse(ended.output ?? '')).toMatchObject({ phase: 'Aborted', stragglers: 0 });

    const rollout = await stack.rollouts.existing(id);
    expect(rollout.phase).toBe('Aborted');
    expect(rollout.hit).toBeGreaterThanOrEqual(fewest);
    expect(rollout.hit).toBeLessThanOrEqual(most);
    expect(rollout.returned).toBe(rollout.hit);
    expect(softwareOf(stack)).toEqual(before);
    const [hit = ''] = await stack.rollouts.names(id, 'HIT');
    const { version, configuration } =
      stack.cloud.emulator.inspect.device(hit).components[thermostat] ?? {};
    expect(version).toBe('1.0.0');
    expect(configuration).toEqual({
      setPointCelsius: 21,
      sampleSeconds: 60,
      legacy: { mode: 'old' },
      report: { topic: 'thermostats/reading', everySeconds: 300 },
    });
    expect(await leftovers(stack, id)).toEqual(nothingLeft);
  },
);

test('after an abort the next rollout of the same target starts', async () => {
  const stack = await startStack(configured(40, { behaviours: [failing(0.95)] }));
  await stack.run('thermostat-1.1.0-aaaaaaa4', spoiling());
  const second = await stack.run('thermostat-1.1.0-aaaaaaa5', spoiling());
  expect(second.status).toBe('SUCCEEDED');
  expect(await stack.rollouts.read('thermostat-1.1.0-aaaaaaa5')).toMatchObject({
    phase: 'Aborted',
  });
});

test('a device that never got the release is in no rollback: the service saw no execution of it', async () => {
  const stack = await startStack(configured(60, { behaviours: [failing(0.95)] }));
  const id = 'thermostat-1.1.0-aaaaaaa6';
  await stack.run(id, spoiling());
  const hit = await stack.rollouts.names(id, 'HIT');
  const { inspect } = stack.cloud.emulator;
  const greengrass = connectGreengrass(new GreengrassV2Client(stack.config));
  expect(hit.length).toBeLessThanOrEqual(5);
  const untouched = inspect.devices().filter((thing) => !hit.includes(thing));
  expect(untouched.length).toBeGreaterThanOrEqual(55);
  const revisions = await greengrass.revisions(thermostatsArn);
  expect(revisions.map(({ deploymentStatus }) => deploymentStatus)).toEqual(['ACTIVE']);
});

test('onAbort stop cancels the release and leaves the devices as they are', async () => {
  const stack = await startStack(
    configured(60, {
      behaviours: [{ ...failing(0.6), detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' }],
    }),
  );
  const id = 'thermostat-1.1.0-aaaaaaa7';
  await stack.run(id, spoiling({ onAbort: 'stop' }));
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Aborted', returned: 0, stragglers: [] });
  expect(rollout.revertDeploymentId).toBeUndefined();
  expect(stack.cloud.emulator.inspect.versions(thermostat)['1.1.0']).toBe(rollout.hit);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a target that had no deployment has none again', async () => {
  const stack = await startStack(
    configured(30, { behaviours: [failing(0.95)], group: { deployed: undefined } }),
  );
  const before = softwareOf(stack);
  const id = 'thermostat-1.1.0-aaaaaaa8';
  await stack.run(id, spoiling());
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted' });
  expect(softwareOf(stack)).toEqual(before);
  const greengrass = connectGreengrass(new GreengrassV2Client(stack.config));
  expect(await greengrass.revisions(thermostatsArn)).toEqual([]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});
