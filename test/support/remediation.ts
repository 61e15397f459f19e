import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GreengrassV2Client, ListTagsForResourceCommand } from '@aws-sdk/client-greengrassv2';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import { connectRecords } from '../../src/aws/remediation/records.js';
import type { Stack } from './bad-releases.js';
import { thermostat } from './fleets.js';
import { executionArn, machineArn } from './stack.js';

export const HOUR = 3600;

export const recordsOf = ({ config }: Stack) =>
  connectRecords(new DynamoDBClient(config), 'greenwave-dev-rollouts');

export const groupArn = (name: string) => `arn:aws:iot:eu-west-1:123456789012:thinggroup/${name}`;

/** A new revision of a group with one version of the thermostat, as an operator without Greenwave makes it. */
export async function deployTo(
  { config }: Stack,
  targetArn: string,
  versions: Readonly<Record<string, string>>,
  more: { inProgressTimeoutInMinutes?: number; failureHandlingPolicy?: 'DO_NOTHING' } = {},
) {
  const { failureHandlingPolicy, ...target } = more;
  const components = Object.fromEntries(
    Object.entries(versions).map(([name, componentVersion]) => [name, { componentVersion }]),
  );
  return connectGreengrass(new GreengrassV2Client(config)).createDeployment(
    {
      components,
      ...(failureHandlingPolicy && { deploymentPolicies: { failureHandlingPolicy } }),
    },
    { targetArn, ...target, clientToken: crypto.randomUUID(), tags: { by: 'an operator' } },
  );
}

export const startRun = (
  { sfn }: Stack,
  name: string,
  input: Record<string, unknown> = {},
): Promise<unknown> =>
  sfn.send(
    new StartExecutionCommand({
      stateMachineArn: machineArn('remediation'),
      name,
      input: JSON.stringify({ startedBy: 'test', ...input }),
    }),
  );

/** Starts a run and answers what its execution came to, once nothing runs any more. */
export async function remediate(stack: Stack, name: string, input: Record<string, unknown> = {}) {
  await startRun(stack, name, input);
  await stack.cloud.clock.idle();
  return runOf(stack, name);
}

const Output = z.looseObject({
  outcome: z.string(),
  devices: z
    .array(z.looseObject({ thing: z.string(), outcome: z.string(), why: z.string() }))
    .default([]),
});

export async function runOf({ sfn }: Stack, name: string) {
  const found = await sfn.send(
    new DescribeExecutionCommand({ executionArn: executionArn('remediation', name) }),
  );
  const output = found.output === undefined ? undefined : Output.parse(JSON.parse(found.output));
  return { status: found.status, ...output };
}

/** How many runs there were, by how they ended. */
export async function runsOf({ sfn }: Stack): Promise<Record<string, number>> {
  const { executions = [] } = await sfn.send(
    new ListExecutionsCommand({ stateMachineArn: machineArn('remediation'), maxResults: 1000 }),
  );
  const counts: Record<string, number> = {};
  for (const { status = '' } of executions) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** What remediation must not leave behind: groups, deployments of its own, its lock; and the tags that are there. */
export async function remains(stack: Stack) {
  const { cloud, config } = stack;
  const greengrass = new GreengrassV2Client(config);
  const { inspect } = cloud.emulator;
  const isOwn = (targetArn: string) => targetArn.includes('/gw-remedy-');
  const tagged: string[] = [];
  for (const thing of inspect.devices()) {
    const resourceArn = `arn:aws:greengrass:eu-west-1:123456789012:coreDevices:${thing}`;
    const { tags = {} } = await greengrass.send(new ListTagsForResourceCommand({ resourceArn }));
    if (tags['greenwave:quarantine'] !== undefined) tagged.push(thing);
  }
  return {
    groups: inspect
      .devices()
      .flatMap((thing) => inspect.device(thing).groups)
      .filter((group) => group.startsWith('gw-remedy-')),
    deployments: inspect
      .deployments()
      .filter(({ isThere, targetArn }) => isThere && isOwn(targetArn))
      .map(({ targetArn }) => targetArn),
    probes: inspect
      .deployments()
      .filter(({ isThere, targetArn, versions }) => {
        const isEmpty = Object.keys(versions).length === 0;
        return isThere && isEmpty && targetArn.includes(':thing/');
      })
      .map(({ targetArn }) => targetArn),
    lock: (await recordsOf(stack).runLock())?.runId,
    tagged,
  };
}

export const nothingRemains = {
  groups: [],
  deployments: [],
  probes: [],
  lock: undefined,
  tagged: [],
};

/** Version and state of the thermostat on one device: the truth, not what the cloud knows of it. */
export const truthOf = ({ cloud }: Stack, thing: string, component = thermostat) => {
  const { version, lifecycleState } =
    cloud.emulator.inspect.device(thing).components[component] ?? {};
  return `${version} ${lifecycleState}`;
};
