import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { expect, test } from '@jest/globals';
import type { FleetFile } from '../../emulator/fleet-file.js';
import type { Stack } from '../support/bad-releases.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { inPhase } from '../support/operator.js';
import { publishComponent } from '../support/publish-component.js';
import { startStack } from '../support/stack.js';
import { greengrassOf } from '../support/thing-rollouts.js';

const APP = 'com.example.App';
const LIB = 'com.example.Lib';
const arn = (group: string) => `arn:aws:iot:eu-west-1:123456789012:thinggroup/${group}`;

/** A cloud with Lib 1.4.0 and 2.0.0, and App 2.0.0 that needs the latter. */
async function startWithApp(more: Pick<FleetFile, 'behaviours'> = {}) {
  const stack = await startStack(
    thermostats(6, { ...more, group: { deploySeconds: { median: 20, p99: 40 } } }),
  );
  await publish(stack, [LIB, '1.4.0'], [LIB, '2.0.0'], [APP, '2.0.0', { [LIB]: '^2.0.0' }]);
  await stack.cloud.clock.advance(10);
  return stack;
}

async function publish(
  { config }: Stack,
  ...versions: (readonly [name: string, version: string, dependencies?: Record<string, string>])[]
) {
  const client = new GreengrassV2Client(config);
  for (const [name, version, dependencies = {}] of versions)
    await publishComponent(client, name, version, { dependencies });
}

const rollout = (components: Record<string, unknown>) => ({
  name: 'app',
  target: 'thinggroup/thermostats',
  release: { components },
  strategy: { waves: [{ devices: 2, bake: '10m' }], health: { deviceDeadline: '10m' } },
});

/** Gives a group of three of the thermostats a deployment of its own. */
async function deployToSensors(stack: Stack, version: string, clientToken: string) {
  await greengrassOf(stack).createDeployment(
    { components: { [LIB]: { componentVersion: version } } },
    { targetArn: arn('sensors'), clientToken, tags: { by: 'somebody' } },
  );
  await stack.cloud.clock.advance(1800);
}

/** Each set of versions that devices run, and how many run it; the core software left out. */
function running({ cloud: { emulator } }: Stack) {
  const seen: Record<string, number> = {};
  for (const thing of emulator.inspect.devices()) {
    const versions = Object.entries(emulator.inspect.device(thing).components)
      .filter(([name]) => name !== 'aws.greengrass.Nucleus')
      .map(([name, { version }]) => `${name.replace('com.example.', '')} ${version}`);
    const key = versions.sort().join(', ');
    seen[key] = (seen[key] ?? 0) + 1;
  }
  return seen;
}

test('a dependency that conflicts with what another target of the devices pins is refused before any deployment', async () => {
  const stack = await startWithApp();
  await stack.iot.createThingGroup('sensors', 'three of the thermostats');
  for (const thing of ['thermostats-0001', 'thermostats-0002', 'thermostats-0003'])
    await stack.iot.addThing(thing, 'sensors');
  await deployToSensors(stack, '1.4.0', 'first');
  const before = running(stack);
  const refused = await stack.run('app-aaaaaaaa', rollout({ [APP]: { version: '2.0.0' } }));
  expect(refused).toMatchObject({ status: 'FAILED', error: 'InvalidRolloutError' });
  expect(refused.cause).toContain(
    `rollout: release: ${APP} 2.0.0 requires ${LIB} ^2.0.0; thinggroup/sensors pins ${LIB} 1.4.0: no version meets both (3 devices, such as thermostats-0001)`,
  );
  expect(await greengrassOf(stack).revisions(arn('thermostats'))).toHaveLength(1);
  expect(running(stack)).toEqual(before);

  await deployToSensors(stack, '2.0.0', 'second');
  const taken = await stack.run('app-bbbbbbbb', rollout({ [APP]: { version: '2.0.0' } }));
  expect(taken.status).toBe('SUCCEEDED');
  expect(running(stack)).toEqual({ 'App 2.0.0, Lib 2.0.0, Thermostat 1.0.0': 6 });
});

test('what a release needs stays as the canary had it, moves with the next release, and goes back with it', async () => {
  const stack = await startWithApp({
    behaviours: [{ component: APP, version: '3.0.0', outcome: 'FAILED' }],
  });
  await stack.start('app-cccccccc', {
    rolloutId: 'app-cccccccc',
    rollout: rollout({ [APP]: { version: '2.0.0' } }),
    startedBy: 'test',
  });
  await inPhase(stack, 'app-cccccccc', 'Baking', () => publish(stack, [LIB, '2.1.0']));
  await stack.ended('app-cccccccc');
  const first = { 'App 2.0.0, Lib 2.0.0, Thermostat 1.0.0': 6 };
  expect(running(stack)).toEqual(first);

  await publish(stack, [LIB, '3.0.0'], [APP, '3.0.0', { [LIB]: '^3.0.0' }]);
  await stack.cloud.clock.advance(10);
  await stack.run('app-dddddddd', rollout({ [APP]: { version: '3.0.0' } }));
  expect(await stack.rollouts.read('app-dddddddd')).toMatchObject({
    phase: 'Aborted',
    pins: { [LIB]: '3.0.0' },
    pinsBefore: { [LIB]: '2.0.0' },
  });
  expect(running(stack)).toEqual(first);

  await stack.run('app-eeeeeeee', rollout({ [thermostat]: { version: '1.1.0' } }));
  expect(running(stack)).toEqual({ 'App 2.0.0, Lib 2.0.0, Thermostat 1.1.0': 6 });
  await stack.run('app-ffffffff', rollout({ [APP]: 'remove' }));
  expect(running(stack)).toEqual({ 'Thermostat 1.1.0': 6 });
});
