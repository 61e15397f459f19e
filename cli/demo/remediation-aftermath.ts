import { GreengrassV2Client, ListTagsForResourceCommand } from '@aws-sdk/client-greengrassv2';
import { IoTClient, paginateListThingGroups } from '@aws-sdk/client-iot';
import {
  DescribeStateMachineCommand,
  SFNClient,
  paginateListExecutions,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import {
  settingsOf,
  WrittenSettings,
  type Settings,
} from '../../src/domain/remediation/settings.js';
import { LOCAL_DEFAULTS } from '../clients.js';
import { machineArn } from '../start-rollout.js';
import type { Aftermath } from './remediation-checks.js';
import type { SickWatch } from './sick-watch.js';
import type { Stage } from './stage.js';

const Definition = z.object({
  States: z.object({ StartRun: z.object({ Arguments: z.object({ settings: WrittenSettings }) }) }),
});

const at = ({ cloud }: Stage) => ({ ...LOCAL_DEFAULTS, endpoint: cloud.url });

/** The settings that are deployed. */
export async function deployedSettings(stage: Stage): Promise<Settings> {
  const client = new SFNClient(at(stage));
  const stateMachineArn = await machineArn(stage.connections, stage.stage, 'remediation');
  const found = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  client.destroy();
  const { States } = Definition.parse(JSON.parse(found.definition ?? ''));
  return settingsOf(States.StartRun.Arguments.settings, {});
}

/** How often the machine was started, and what became of that. */
export async function runsByStatus(stage: Stage): Promise<Record<string, number>> {
  const client = new SFNClient(at(stage));
  const stateMachineArn = await machineArn(stage.connections, stage.stage, 'remediation');
  const runs: Record<string, number> = {};
  for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn }))
    for (const { status = '' } of executions) runs[status] = (runs[status] ?? 0) + 1;
  client.destroy();
  return runs;
}

async function quarantined(stage: Stage, things: readonly string[]): Promise<string[]> {
  const { region, account } = stage.cloud.emulator;
  const client = new GreengrassV2Client(at(stage));
  const found: string[] = [];
  for (const thing of things) {
    const resourceArn = `arn:aws:greengrass:${region}:${account}:coreDevices:${thing}`;
    const { tags = {} } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    if (tags['greenwave:quarantine'] !== undefined) found.push(thing);
  }
  client.destroy();
  return found;
}

async function ownGroups(stage: Stage): Promise<string[]> {
  const client = new IoTClient(at(stage));
  const found: string[] = [];
  const pages = paginateListThingGroups({ client }, { namePrefixFilter: 'gw-' });
  for await (const { thingGroups = [] } of pages)
    found.push(...thingGroups.flatMap(({ groupName }) => groupName ?? []));
  client.destroy();
  return found;
}

/** Looks at everything that the week has left. */
export async function aftermathOf(
  stage: Stage,
  { sick }: Pick<SickWatch, 'sick'>,
  { settings, systemic }: Pick<Aftermath, 'settings' | 'systemic'>,
): Promise<Aftermath> {
  const { cloud, connections } = stage;
  const { inspect } = cloud.emulator;
  const things = inspect.devices();
  return {
    settings,
    systemic,
    sick,
    devices: things.map((thing) => inspect.device(thing)),
    deployments: inspect.deployments(),
    tagged: await quarantined(stage, things),
    groups: await ownGroups(stage),
    isRunUnderWay: (await connections.records.runLock()) !== undefined,
    records: await connections.records.devices(),
    told: cloud.messages().map(({ message }) => message),
  };
}
