import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { expect, test } from '@jest/globals';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import {
  configured,
  failing,
  leftovers,
  nothingLeft,
  once,
  softwareOf,
  spoiling,
  thermostatsArn,
  type Stack,
} from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

const DAY = 24 * 3600;

/** Something happens to two of the devices that got the release when it is aborted. */
async function abortWithTwoAway(stack: Stack, id: string, does: 'offline' | 'stick' = 'offline') {
  const away: string[] = [];
  once(stack, id, 'RollingBack', () => {
    const { inspect, inject } = stack.cloud.emulator;
    const hit = inspect
      .devices()
      .filter((thing) => inspect.device(thing).components[thermostat]?.version === '1.1.0');
    away.push(...hit.slice(0, 2));
    for (const thing of away) inject[does](thing);
    return Promise.resolve();
  });
  await stack.run(id, spoiling());
  return away.sort();
}

const breaking = (count: number) =>
  configured(count, {
    behaviours: [{ ...failing(0.5), detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' }],
  });

test('hit devices out of reach are stragglers by name: the target is free, and they come back later', async () => {
  const stack = await startStack(breaking(40));
  const before = softwareOf(stack);
  const id = 'thermostat-1.1.0-ccccccc2';
  const away = await abortWithTwoAway(stack, id);
  expect(away).toHaveLength(2);

  const ended = await stack.rollouts.existing(id);
  expect(ended).toMatchObject({ phase: 'Aborted', stragglers: away });
  expect(ended.returned).toBe(ended.hit - 2);
  expect((await stack.iot.thingsIn(ended.rolloutGroupName)).sort()).toEqual(away);
  const left = await leftovers(stack, id);
  expect(left).toMatchObject({ lock: undefined, listed: [id] });

  await stack.cloud.clock.advance(DAY);
  expect((await stack.rollouts.existing(id)).stragglers).toEqual(away);
  const [first = '', second = ''] = away;
  stack.cloud.emulator.inject.online(first);
  await stack.cloud.clock.advance(3 * 3600);
  expect(await stack.rollouts.read(id)).toMatchObject({ stragglers: [second] });
  stack.cloud.emulator.inject.online(second);
  await stack.cloud.clock.advance(3 * 3600);

  expect(await stack.rollouts.read(id)).toMatchObject({ stragglers: [], returned: ended.hit });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
  const greengrass = connectGreengrass(new GreengrassV2Client(stack.config));
  expect(await greengrass.deployment(ended.revertDeploymentId ?? '')).toBeUndefined();
  expect(await greengrass.revisions(thermostatsArn)).toHaveLength(1);
});

test('a straggler that has left the fleet for good is no longer waited for', async () => {
  const stack = await startStack(breaking(40));
  const id = 'thermostat-1.1.0-ccccccc4';
  const away = await abortWithTwoAway(stack, id);
  for (const thing of away) stack.cloud.emulator.inject.retire(thing);
  await stack.cloud.clock.advance(2 * 3600);
  expect(await stack.rollouts.read(id)).toMatchObject({ stragglers: [] });
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a straggler that hung at its revert gets it once more after a restart', async () => {
  const stack = await startStack(breaking(40));
  const before = softwareOf(stack);
  const id = 'thermostat-1.1.0-ccccccc5';
  const hung = await abortWithTwoAway(stack, id, 'stick');
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', stragglers: hung });
  for (const thing of hung) {
    stack.cloud.emulator.inject.offline(thing);
    stack.cloud.emulator.inject.online(thing);
  }
  await stack.cloud.clock.advance(4 * 3600);
  expect(await stack.rollouts.read(id)).toMatchObject({ stragglers: [] });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});
