import { versionArn } from '../domain/component-arn.js';
import { nothingAround } from '../domain/preflight/preflight.js';
import type { RolloutFile } from '../domain/rollout-file.js';
import type { TargetFacts } from '../domain/target-facts.js';
import { targetOf } from '../domain/target.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';
import { componentArns } from './catalogue.js';
import { groupsAround } from './groups-around.js';
import { readOpenRollouts } from './open-rollouts.js';
import { readPreflightFacts } from './preflight-facts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

type CoreDevice = Awaited<ReturnType<Greengrass['coreDevices']>>[number];

/** A private version hides a public one of the same name, so it is looked for first. */
async function componentState(
  greengrass: Greengrass,
  targetArn: string,
  name: string,
  version: string,
) {
  const [own, everybodys] = componentArns(targetArn, name);
  const found =
    (await greengrass.componentVersion(versionArn(own, version))) ??
    (await greengrass.componentVersion(versionArn(everybodys, version)));
  return {
    name,
    version,
    state: found?.state ?? ('NOT_FOUND' as const),
    ...(found?.message ? { message: found.message } : {}),
  };
}

const components = async (greengrass: Greengrass, targetArn: string, file: RolloutFile) => {
  const wanted = Object.entries(file.release.components).flatMap(([name, change]) =>
    change === 'remove' ? [] : [{ name, version: change.version }],
  );
  return Promise.all(
    wanted.map(({ name, version }) => componentState(greengrass, targetArn, name, version)),
  );
};

async function revisions(
  greengrass: Greengrass,
  targetArn: string,
): Promise<TargetFacts['revisions']> {
  const found = [];
  for (const revision of await greengrass.revisions(targetArn)) {
    const { deploymentId, revisionId, deploymentStatus, creationTimestamp } = revision;
    const parentTargetArn = revision.parentTargetArn ?? undefined;
    const document = await greengrass.document(deploymentId);
    const creationAt = creationTimestamp.getTime();
    found.push({
      deploymentId,
      revisionId,
      deploymentStatus,
      creationAt,
      parentTargetArn,
      document,
    });
  }
  return found;
}

/** A target as the registry knows it, with its core devices. */
interface Found {
  readonly arn: string;
  readonly ancestors: readonly string[];
  readonly descendants: readonly string[];
  readonly members: readonly string[];
  readonly devices: readonly CoreDevice[];
}

async function findGroup({ greengrass, iot }: Ports, name: string): Promise<Found | undefined> {
  const group = await iot.thingGroup(name);
  if (!group) return undefined;
  const members = await iot.thingsIn(name);
  const isMember = new Set(members);
  const devices = (await greengrass.coreDevices()).filter((device) =>
    isMember.has(device.coreDeviceThingName),
  );
  return { ...group, descendants: await iot.descendants(name), members, devices };
}

async function findThing({ greengrass, iot }: Ports, name: string): Promise<Found | undefined> {
  const arn = await iot.thingArn(name);
  if (arn === undefined) return undefined;
  const ancestors = await groupsAround(iot, name);
  const device = await greengrass.coreDevice(name);
  return {
    arn,
    ancestors,
    descendants: [],
    members: [name],
    devices: device ? [device] : [],
  };
}

/**
 * Everything that planning a rollout needs to know, read at `readAt` (epoch milliseconds). Changes nothing.
 * Calls: one per 250 members, one per 100 core devices of the account, one per revision of the target and component of
 * the release; of one thing, some for each of its groups; besides what preflight reads.
 */
export async function readTargetFacts(
  ports: Ports,
  { rolloutId, file, readAt }: { rolloutId: string; file: RolloutFile; readAt: number },
): Promise<TargetFacts> {
  const { greengrass, iot } = ports;
  const target = targetOf(file.target);
  const find = target.kind === 'thing' ? findThing : findGroup;
  const found = await find(ports, target.name);
  if (!found)
    return {
      readAt,
      targetArn: file.target,
      exists: false,
      members: [],
      coreDevices: [],
      revisions: [],
      components: [],
      openRollouts: [],
      preflight: nothingAround,
    };
  const { arn, members, devices, ancestors } = found;
  const disconnected = await iot.disconnected(target);
  const isOff = new Set(disconnected);
  const facts = {
    readAt,
    targetArn: arn,
    exists: true,
    members,
    coreDevices: devices.map((device) => ({
      thing: device.coreDeviceThingName,
      platform: `${device.platform ?? 'unknown'}/${device.architecture ?? 'unknown'}`,
      status: device.status,
      ...(device.runtime ? { runtime: device.runtime } : {}),
      lastStatusUpdateAt: device.lastStatusUpdateTimestamp.getTime(),
    })),
    ...(disconnected
      ? { connectivity: members.map((thing) => ({ thing, connected: !isOff.has(thing) })) }
      : {}),
    revisions: await revisions(greengrass, arn),
    components: await components(greengrass, arn, file),
    openRollouts: await readOpenRollouts(ports, found, members),
  };
  const preflight = await readPreflightFacts(ports, { rolloutId, file, ancestors }, facts);
  return { ...facts, preflight };
}
