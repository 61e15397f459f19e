import { expect, test } from '@jest/globals';
import { observeThing } from '../../src/aws/thing-look.js';
import { thermostat } from '../support/fleets.js';
import {
  greengrassOf,
  revisionsOf,
  startThings,
  thing,
  thingArn,
} from '../support/thing-rollouts.js';
import { onThing } from '../unit/domain/thing-rollout.js';

test('a look at one thing makes five calls at most', async () => {
  const stack = await startThings();
  const { clock, emulator } = stack.cloud;
  const greengrass = greengrassOf(stack);
  const [own] = await greengrass.revisions(thingArn);
  const rollout = onThing({ targetArn: thingArn, targetDeploymentId: own?.deploymentId });
  const look = async () => {
    const before = emulator.inspect.calls();
    const seen = await observeThing({ greengrass }, rollout, clock.now());
    const calls = Object.entries(emulator.inspect.calls())
      .map(([name, n]) => [name, n - (before[name] ?? 0)] as const)
      .filter(([, n]) => n > 0);
    return { failures: seen.observation.failures, calls: Object.fromEntries(calls) };
  };
  const calls = {
    'Greengrass.ListDeployments': 1,
    'Greengrass.GetDeployment': 1,
    'Greengrass.ListEffectiveDeployments': 1,
    'Greengrass.GetCoreDevice': 1,
  };
  expect(await look()).toEqual({ failures: [], calls });
  emulator.inject.breakComponent(thing, thermostat);
  await clock.advance(60);
  const broken = await look();
  expect(broken.calls).toEqual({ ...calls, 'Greengrass.ListInstalledComponents': 1 });
  expect(broken.failures).toMatchObject([{ thing, status: 'UNHEALTHY' }]);
  expect(await revisionsOf(stack)).toEqual([['1.0.0', 'COMPLETED']]);
});
