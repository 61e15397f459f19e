import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { spoiling, type Stack } from './bad-releases.js';
import { thermostat, thermostats } from './fleets.js';
import { startStack } from './stack.js';

export const thing = 'thermostats-0001';
export const thingArn = `arn:aws:iot:eu-west-1:123456789012:thing/${thing}`;

/** Version 1.1.0 fails wherever it starts, and stays there: the device doesn't go back by itself. */
export const broken = {
  component: thermostat,
  version: '1.1.0',
  outcome: 'FAILED' as const,
  detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' as const,
};

/** Three thermostats whose group deploys nothing: each has what its own thing gives it. */
export const bareThings = (more: Pick<FleetFile, 'behaviours'> = {}): FleetFile =>
  thermostats(3, {
    ...more,
    group: { deployed: undefined, deploySeconds: { median: 40, p99: 60 } },
  });

export const greengrassOf = ({ config }: Stack) =>
  connectGreengrass(new GreengrassV2Client(config));

/** Deploys 1.0.0 to the thing itself, as somebody else would. */
export const deployToThing = (stack: Stack, clientToken: string, merge: object) =>
  greengrassOf(stack).createDeployment(
    {
      components: {
        [thermostat]: {
          componentVersion: '1.0.0',
          configurationUpdate: { merge: JSON.stringify(merge) },
        },
      },
    },
    { targetArn: thingArn, clientToken, tags: { by: 'somebody' } },
  );

/** Has the one thing run 1.0.0, with configuration of its own, for an hour. */
export async function settleThing(stack: Stack) {
  await deployToThing(stack, 'the-first', { setPointCelsius: 21, legacy: { mode: 'old' } });
  await stack.cloud.clock.advance(3600);
}

export async function startThings(
  more: Pick<FleetFile, 'behaviours'> = {},
  options: Parameters<typeof startStack>[2] = {},
) {
  const stack = await startStack(bareThings(more), 'max', options);
  await settleThing(stack);
  return stack;
}

/** Few looks: a short bake, a short deadline. */
const quick = {
  waves: [{ devices: 1, bake: '5m' }],
  health: { deviceDeadline: '5m' },
  returnWithin: '1h',
};

/** A release to 1.1.0 on the one thing that merges over what is there, adds what is new, and resets what was old. */
export const toThing = (strategy: Record<string, unknown> = {}) => ({
  ...spoiling(),
  target: `thing/${thing}`,
  strategy: { ...quick, ...strategy },
});

/** The revisions of the thing, oldest first: version of the one component, and status. */
export async function revisionsOf(stack: Stack) {
  const greengrass = greengrassOf(stack);
  const found = [];
  for (const { deploymentId, deploymentStatus } of await greengrass.revisions(thingArn)) {
    const { components } = await greengrass.document(deploymentId);
    found.push([components[thermostat]?.componentVersion ?? 'none', deploymentStatus]);
  }
  return found;
}

export const softwareOfThing = ({ cloud }: Stack) =>
  cloud.emulator.inspect.device(thing).components[thermostat];
