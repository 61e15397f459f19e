import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { expect, test } from '@jest/globals';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import { readTargetFacts } from '../../src/aws/target-facts.js';
import { parseRolloutFile } from '../../src/domain/rollout-file.js';
import { rolloutTo, thermostats } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

/** The calls that planning makes for so many devices, of which other groups hold some. */
async function planFor(devices: number) {
  const fleet = thermostats(devices);
  const stack = await startStack({
    ...fleet,
    thingGroups: {
      ...fleet.thingGroups,
      elsewhere: { count: devices, deployed: {} },
      sensors: { members: ['thermostats-0001', 'thermostats-0002'], deployed: {} },
    },
  });
  const { emulator } = stack.cloud;
  const { iot, rollouts } = stack;
  const greengrass = connectGreengrass(new GreengrassV2Client(stack.config));
  const file = parseRolloutFile(rolloutTo('1.1.0'), 'rollout');
  const before = emulator.inspect.calls();
  const readAt = emulator.clock.now();
  const about = { rolloutId: 'calls-aaaaaaaa', file, readAt };
  const { preflight } = await readTargetFacts({ greengrass, iot, rollouts }, about);
  const calls = Object.entries(emulator.inspect.calls())
    .map(([name, n]) => [name, n - (before[name] ?? 0)] as const)
    .filter(([, n]) => n > 0);
  return { calls: Object.fromEntries(calls), neighbours: preflight.neighbours };
}

test('preflight asks by targets and groups, and of devices the canary: as much for 10 as for 45', async () => {
  const small = await planFor(10);
  const large = await planFor(45);
  expect(small.neighbours.map(({ things }) => things)).toEqual([
    ['thermostats-0001', 'thermostats-0002'],
  ]);
  expect(small.calls).toMatchObject({
    'Greengrass.ListDeployments': 3,
    'Greengrass.ListInstalledComponents': 5,
    'Greengrass.GetComponent': 1,
    'IoT.ListThingsInThingGroup': 3,
  });
  expect(large.calls).toEqual(small.calls);
});
