import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { startRemediation } from '../remediation-run.js';
import { startRollout } from '../start-rollout.js';
import type { Stage } from './stage.js';

/** Something that a person does in the week; answers what that is, or undefined where there is nothing to do. */
export interface Deed {
  readonly afterHours: number;
  act(stage: Stage): Promise<string | undefined>;
}

export const COMPONENT = 'com.example.Thermostat';
const SUFFIX = 'kja37rxw';

const groupArn = ({ region, account }: Stage['cloud']['emulator'], name: string): string =>
  `arn:aws:iot:${region}:${account}:thinggroup/${name}`;

/** To a whole group at once, as one deploys who has no Greenwave. */
export const deploys =
  (group: string, componentVersion: string, more: { inProgressTimeoutInMinutes?: number } = {}) =>
  async ({ cloud, connections }: Stage) => {
    await connections.greengrass.createDeployment(
      { components: { [COMPONENT]: { componentVersion } } },
      {
        targetArn: groupArn(cloud.emulator, group),
        clientToken: randomUUID(),
        tags: { by: 'somebody' },
        ...more,
      },
    );
    return `somebody deploys ${componentVersion} to all ${group}`;
  };

/** A person who has restarted a device that hangs asks for it to be looked at again. */
export async function asksForHungDevice({ connections, stage }: Stage) {
  const records = [...(await connections.records.devices()).values()];
  const hung = records.find(({ state, cause }) => state === 'Escalated' && cause === 'HungNucleus');
  if (!hung) return undefined;
  const target = `thing/${hung.thing}`;
  const runId = `remediate-${hung.thing}`;
  const start = { stage, runId, target, isDryRun: false, startedBy: 'somebody' };
  await startRemediation(connections, start);
  return `${hung.thing} was restarted: greenwave remediate --target ${target}`;
}

const ToldFile = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.looseObject({ name: z.string() }));

/** The command that a message tells a person to type, and the rollout file in it. */
export function toldCommand(message: string) {
  const [command, json] = /echo '([^']+)' \| greenwave rollout \/dev\/stdin/.exec(message) ?? [];
  return command === undefined ? undefined : { command, file: ToldFile.parse(json) };
}

/** Does what the message about a sick release says. */
export async function takesTargetBack({ cloud, connections, stage }: Stage) {
  const [told] = cloud.messages().flatMap(({ message }) => toldCommand(message) ?? []);
  if (!told) return undefined;
  const rolloutId = `${told.file.name}-${SUFFIX}`;
  await startRollout(connections, {
    ...{ stage, rolloutId, written: told.file, startedBy: 'somebody' },
  });
  return `somebody types what the message says: ${told.command}`;
}

/** What people do. What happens to the devices by themselves is in examples/remediation/fleet.yaml. */
export const DEEDS: readonly Deed[] = [
  { afterHours: 1, act: deploys('thermostats', '1.1.0') },
  { afterHours: 48.1, act: deploys('greenhouses', '1.2.0') },
  ...[73.1, 73.35, 73.6, 73.85].map((afterHours) => ({ afterHours, act: asksForHungDevice })),
  { afterHours: 96.1, act: takesTargetBack },
  {
    afterHours: 120,
    act: deploys('thermostats', '1.1.1', { inProgressTimeoutInMinutes: 60 }),
  },
];
