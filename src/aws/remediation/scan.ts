import type { DeviceRecord } from '../../domain/remediation/device-record.js';
import type { ScannedTarget, SeenFleet, Sign } from '../../domain/remediation/selection.js';
import type { Settings } from '../../domain/remediation/settings.js';
import { isOpen, isThingHeld } from '../../domain/rollout-end.js';
import type { Rollout } from '../../domain/rollout.js';
import { isThing, targetOf } from '../../domain/target.js';
import type { Greengrass } from '../greengrass.js';
import type { Iot } from '../iot.js';
import type { Rollouts } from '../rollouts.js';
import type { Connectivity } from './connectivity.js';
import type { FleetTargets } from './fleet-targets.js';
import type { JobExecutions } from './job-executions.js';
import type { Records } from './records.js';

/** What scanning the fleet takes. */
export interface ScanPorts {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
  readonly records: Records;
  readonly connectivity: Connectivity;
  readonly fleet: FleetTargets;
  readonly executions: JobExecutions;
}

/** A scan, and the rollouts that stood in it. */
export interface Scan extends SeenFleet {
  readonly rollouts: readonly Rollout[];
}

type Revision = Awaited<ReturnType<FleetTargets['latestRevisions']>>[number];

/** Groups that rollouts and remediation make themselves: whoever made them looks after them. */
const isOwnGroup = (targetArn: string) => /:thinggroup\/gw-/.test(targetArn);

/** The devices that rollouts have in their hands: those in their groups, and all of a target that is getting its release. */
async function heldBy({ iot }: ScanPorts, rollouts: readonly Rollout[]): Promise<Set<string>> {
  const held = new Set<string>();
  for (const rollout of rollouts) {
    const { targetArn, rolloutGroupName, targetDeploymentId } = rollout;
    const { name } = targetOf(targetArn);
    if (isThing(targetArn)) {
      if (isThingHeld(rollout) || isOpen(rollout)) held.add(name);
      continue;
    }
    const isWhole = isOpen(rollout) && targetDeploymentId !== undefined;
    for (const thing of await iot.thingsIn(isWhole ? name : rolloutGroupName)) held.add(thing);
  }
  return held;
}

const FAILING = ['FAILED', 'REJECTED', 'TIMED_OUT'] as const;

/** One target's latest revision: how many devices it is for, and which of them failed or hang at it. */
async function scanGroup(
  { iot, fleet, executions }: ScanPorts,
  { deploymentId, targetArn }: Revision,
  stuckBefore: number,
): Promise<{ target: ScannedTarget; signs: Sign[] } | undefined> {
  const jobId = await fleet.jobOf(deploymentId);
  if (jobId === undefined) return undefined;
  const { counts } = await iot.job(jobId);
  const { queued, inProgress, succeeded, failed, rejected, timedOut, canceled } = counts;
  const size = queued + inProgress + succeeded + failed + rejected + timedOut + canceled;
  const target = { targetArn, deploymentId, size, isLocked: false };
  const number = { FAILED: failed, REJECTED: rejected, TIMED_OUT: timedOut };
  const lists = [inProgress > 0 ? await executions.inProgressSince(jobId, stuckBefore) : []];
  for (const status of FAILING)
    if (number[status] > 0) lists.push(await iot.thingsWithStatus(jobId, status));
  const signs = lists
    .flat()
    .map((thing) => ({ thing, key: deploymentId, targetArns: [targetArn] }));
  return { target, signs };
}

/** A deployment to one thing tells by itself how it is. */
function thingSigns(
  { deploymentId, targetArn, deploymentStatus, creationTimestamp }: Revision,
  stuckBefore: number,
): Sign[] {
  const isStuck = deploymentStatus === 'ACTIVE' && creationTimestamp.getTime() <= stuckBefore;
  const isSick = deploymentStatus === 'FAILED' || isStuck;
  return isSick ? [{ thing: targetOf(targetArn).name, key: deploymentId, targetArns: [] }] : [];
}

async function unhealthySigns(
  { greengrass }: ScanPorts,
  things: readonly string[],
  targets: readonly ScannedTarget[],
): Promise<Sign[]> {
  if (things.length === 0) return [];
  const targetsOf = new Map<string, string[]>(things.map((thing) => [thing, []]));
  for (const { targetArn } of targets)
    for (const thing of await greengrass.unhealthyAfter(targetArn))
      targetsOf.get(thing)?.push(targetArn);
  return things.map((thing) => ({
    thing,
    key: 'unhealthy',
    targetArns: targetsOf.get(thing) ?? [],
  }));
}

/**
 * Devices that nothing has been heard of for long, and those that are away. That a silent thing is a core device is asked once:
 * from then on its record says it.
 */
async function absence(
  { fleet }: ScanPorts,
  disconnected: ReadonlyMap<string, number> | undefined,
  records: ReadonlyMap<string, DeviceRecord>,
  silentBefore: number,
): Promise<{ away: Set<string>; signs: Sign[] }> {
  const known = disconnected ?? (await fleet.lastReports());
  const silent = [...known].flatMap(([thing, since]) => (since <= silentBefore ? [thing] : []));
  const isNew = silent.some((thing) => !records.has(thing));
  const cores = isNew && disconnected ? await fleet.lastReports() : undefined;
  return {
    away: new Set(disconnected?.keys() ?? silent),
    signs: silent
      .filter((thing) => records.has(thing) || !cores || cores.has(thing))
      .map((thing) => ({ thing, key: 'silent', targetArns: [] })),
  };
}

/** What was cancelled on a device and is still the latest of its target is still to be given to it. */
const owedSigns = (
  records: ReadonlyMap<string, DeviceRecord>,
  targets: readonly ScannedTarget[],
): Sign[] =>
  [...records.values()].flatMap(({ thing, owed }) => {
    const target = targets.find(({ deploymentId }) => deploymentId === owed);
    return target ? [{ thing, key: target.deploymentId, targetArns: [target.targetArn] }] : [];
  });

async function deploymentSigns(
  ports: ScanPorts,
  revisions: readonly Revision[],
  stuckBefore: number,
): Promise<{ targets: ScannedTarget[]; signs: Sign[] }> {
  const targets: ScannedTarget[] = [];
  const signs: Sign[] = [];
  for (const revision of revisions) {
    const { targetArn, deploymentStatus } = revision;
    if (isThing(targetArn)) signs.push(...thingSigns(revision, stuckBefore));
    else if (!isOwnGroup(targetArn) && deploymentStatus === 'ACTIVE') {
      const found = await scanGroup(ports, revision, stuckBefore);
      if (!found) continue;
      targets.push(found.target);
      signs.push(...found.signs);
    }
  }
  return { targets, signs };
}

/**
 * Looks at the whole fleet. Calls: one per 100 targets, 100 unhealthy and 100 disconnected devices; per group that is a target
 * GetDeployment, DescribeJob, and a list for each status that has devices; three of the table and, where a device is sick, one per 250
 * devices in the hands of each open rollout. A healthy fleet of any size costs the same.
 */
export async function scanFleet(ports: ScanPorts, settings: Settings, now: number): Promise<Scan> {
  const [records, revisions, unhealthy, disconnected] = await Promise.all([
    ports.records.devices(),
    ports.fleet.latestRevisions(),
    ports.fleet.unhealthy(),
    ports.connectivity.disconnectedSince(),
  ]);
  const stuckBefore = now - settings.stuckAfterSeconds * 1000;
  const silentBefore = now - settings.silentAfterSeconds * 1000;
  const { targets, signs } = await deploymentSigns(ports, revisions, stuckBefore);
  const gone = await absence(ports, disconnected, records, silentBefore);
  const all = [
    ...(await unhealthySigns(ports, unhealthy, targets)),
    ...signs,
    ...owedSigns(records, targets),
    ...gone.signs,
  ];
  const isQuiet = all.length === 0 && records.size === 0;
  const rollouts = isQuiet ? [] : await ports.rollouts.withGroups();
  const locked = new Set(rollouts.filter(isOpen).map(({ targetArn }) => targetArn));
  return {
    targets: targets.map((one) => ({ ...one, isLocked: locked.has(one.targetArn) })),
    signs: all,
    away: gone.away,
    held: await heldBy(ports, rollouts),
    records,
    rollouts,
  };
}
