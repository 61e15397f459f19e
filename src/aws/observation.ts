import { InvalidPayloadError } from '../domain/errors.js';
import { failuresToAsk, sortFailures, type FailingDevice } from '../domain/failing-devices.js';
import { causeOf, type BrokenComponent, type FailureReason } from '../domain/failure-cause.js';
import type { TargetObservation } from '../domain/judge-target.js';
import type { Rollout } from '../domain/rollout.js';
import {
  hasControls,
  unasked,
  unhealthyFailures,
  unhealthyToAsk,
  type SeenWave,
  type UnhealthyDevice,
} from '../domain/unhealthy-devices.js';
import type { ExecutionCounts } from '../domain/wave.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

/** Devices without the release that are asked, at one look, what is broken on them. */
const CONTROLS_ASKED_PER_LOOK = 10;

/** Failing devices without a rank that are asked, at one look, why. */
const UNRANKED_ASKED_PER_LOOK = 25;

type Ranks = ReadonlyMap<string, number>;

async function ranksOf({ rollouts }: Ports, { rolloutId, ranked }: Rollout): Promise<Ranks> {
  const order = await rollouts.order(rolloutId, 0, ranked);
  return new Map(order.map(({ thing }, rank) => [thing, rank]));
}

async function failingDevices(
  { iot }: Ports,
  ranksOfThings: () => Promise<Ranks>,
  jobId: string,
  counts: ExecutionCounts,
): Promise<FailingDevice[]> {
  const failing = [
    { status: 'FAILED' as const, count: counts.failed },
    { status: 'REJECTED' as const, count: counts.rejected },
    { status: 'TIMED_OUT' as const, count: counts.timedOut },
  ].filter(({ count }) => count > 0);
  if (failing.length === 0) return [];
  const ranks = await ranksOfThings();
  const lists = await Promise.all(
    failing.map(async ({ status }) => {
      const things = await iot.thingsWithStatus(jobId, status);
      return things.map((thing) => ({ thing, status, rank: ranks.get(thing) }));
    }),
  );
  return lists.flat();
}

async function reasonsOf(
  { greengrass }: Ports,
  devices: readonly FailingDevice[],
  deploymentId: string,
): Promise<Map<string, FailureReason>> {
  const reasons = new Map<string, FailureReason>();
  for (const { thing } of devices) {
    const reason = await greengrass.failureReason(thing, deploymentId);
    if (reason) reasons.set(thing, reason);
  }
  return reasons;
}

/** The devices with what is broken on those that are asked. */
async function withBroken(
  { greengrass }: Ports,
  devices: readonly UnhealthyDevice[],
  toAsk: readonly UnhealthyDevice[],
): Promise<UnhealthyDevice[]> {
  const broken = new Map<string, BrokenComponent[]>();
  for (const { thing } of toAsk) broken.set(thing, await greengrass.brokenComponents(thing));
  return devices.map((device) => {
    const found = broken.get(device.thing);
    return found ? { ...device, broken: found } : device;
  });
}

/** Those of a group's UNHEALTHY devices that have yet to get the release, while there are enough of them to compare with. */
async function unhealthyControls(
  ports: Ports,
  rollout: Rollout,
  ranks: Ranks,
): Promise<UnhealthyDevice[] | undefined> {
  if (!hasControls(rollout)) return undefined;
  const things = await ports.greengrass.unhealthyAfter(rollout.targetArn);
  const controls = things
    .map((thing) => ({ thing, rank: ranks.get(thing) }))
    .filter(({ rank = 0 }) => rank >= rollout.admitted);
  return withBroken(
    ports,
    controls,
    unhealthyToAsk(rollout, controls).slice(0, CONTROLS_ASKED_PER_LOOK),
  );
}

/** Asks at most once, and only where somebody wants an answer. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined;
  return () => (asked ??= ask());
}

/** The UNHEALTHY devices of the rollout group, and beside them those without the release: who fails alike says nothing. */
async function unhealthyDevices(
  ports: Ports,
  rollout: Rollout,
  things: readonly string[],
  ranksOfThings: () => Promise<Ranks>,
): Promise<Pick<SeenWave, 'unhealthy' | 'controls'>> {
  if (things.length === 0) return { unhealthy: [], controls: undefined };
  const ranks = await ranksOfThings();
  const unhealthy = things.map((thing) => ({ thing, rank: ranks.get(thing) }));
  return {
    unhealthy: await withBroken(ports, unhealthy, unhealthyToAsk(rollout, unhealthy)),
    controls: await unhealthyControls(ports, rollout, ranks),
  };
}

/**
 * One look at the rollout group. Calls: DescribeJob, GetDeployment, ListCoreDevices of the rollout group and, if anybody there is
 * UNHEALTHY, of the target, one list for each failing status that has devices, and one for each of the first few devices that
 * newly failed: the same for a group of any size.
 */
export async function observeWave(ports: Ports, rollout: Rollout, at: number): Promise<SeenWave> {
  const { jobId, deploymentId, rolloutGroupArn, baseline } = rollout;
  if (!jobId || !deploymentId || !rolloutGroupArn || !baseline)
    throw new InvalidPayloadError(`rollout ${rollout.rolloutId} has no deployment to look at`);
  // Documented: ListCoreDevices of a group gives the devices that succeeded at a deployment on it, so these are UNHEALTHY
  // after this release; devices that were UNHEALTHY before have no rank and are never in this group.
  const [{ status, counts }, current, things] = await Promise.all([
    ports.iot.job(jobId),
    ports.greengrass.deployment(baseline.deploymentId),
    ports.greengrass.unhealthyAfter(rolloutGroupArn),
  ]);
  const ranks = once(() => ranksOf(ports, rollout));
  const failing = await failingDevices(ports, ranks, jobId, counts);
  const { unhealthy, controls } = await unhealthyDevices(ports, rollout, things, ranks);
  const reasons = await reasonsOf(ports, failuresToAsk(rollout, failing), deploymentId);
  const sorted = sortFailures(rollout, counts, failing, reasons);
  const observation = {
    at,
    counts: sorted.counts,
    failures: [...sorted.failures, ...unhealthyFailures(rollout, unhealthy)],
    unasked: unasked(rollout, unhealthy),
    isBaselineLatest: current?.isLatestForTarget ?? false,
    isDeploymentActive: status === 'IN_PROGRESS',
  };
  return { observation, sorted, unhealthy, controls };
}

/** One look at the target's new revision: as `observeWave`, but only devices that no wave has judged are named. */
export async function observeTarget(
  ports: Ports,
  rollout: Rollout,
  at: number,
): Promise<TargetObservation> {
  const { targetJobId, targetDeploymentId, rolloutId } = rollout;
  if (!targetJobId || !targetDeploymentId)
    throw new InvalidPayloadError(`rollout ${rolloutId} has not promoted its target`);
  const [{ status, counts }, current] = await Promise.all([
    ports.iot.job(targetJobId),
    ports.greengrass.deployment(targetDeploymentId),
  ]);
  const skipped = new Set(rollout.skipped.map(({ thing }) => thing));
  const failing = (
    await failingDevices(ports, () => ranksOf(ports, rollout), targetJobId, counts)
  ).filter(({ rank, thing }) => rank === undefined || skipped.has(thing));
  const unknown = failing.slice(0, UNRANKED_ASKED_PER_LOOK);
  const reasons = await reasonsOf(ports, unknown, targetDeploymentId);
  return {
    at,
    counts,
    unrankedFailures: failing.map(({ thing, status: failure }) => {
      const reason = reasons.get(thing);
      const cause = reason ? causeOf(rollout, reason) : 'release';
      return {
        thing,
        status: failure,
        why: reason?.reason ?? '',
        ...(cause !== 'release' && { apart: cause }),
      };
    }),
    isRevisionLatest: current?.isLatestForTarget ?? false,
    isDeploymentActive: status === 'IN_PROGRESS',
  };
}
