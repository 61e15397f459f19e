import { causeOf, type FailureReason, type ReleaseShipped } from './failure-cause.js';
import type { DeviceFailure } from './judge.js';
import type { ApartRank } from './rollout-evidence.js';
import type { Rollout } from './rollout.js';
import type { ExecutionCounts, SkippedRank } from './wave.js';

/** An execution that failed, of the device that has this rank. */
export interface FailingDevice {
  readonly thing: string;
  readonly status: 'FAILED' | 'REJECTED' | 'TIMED_OUT';
  /** Undefined for a thing that somebody else has put into the rollout group. */
  readonly rank: number | undefined;
}

type Known = Pick<Rollout, 'evidence' | 'skipped' | 'failures'> & ReleaseShipped;

/** Those of a look's failing devices that are kept to be shown: the first 20, each once. */
export function shownFailures(...failures: readonly (readonly DeviceFailure[])[]): DeviceFailure[] {
  const shown = new Map<string, DeviceFailure>();
  for (const failure of failures.flat())
    if (!shown.has(failure.thing)) shown.set(failure.thing, failure);
  return [...shown.values()].slice(0, 20);
}

/** Devices that are asked, at one look, why they failed: a bound on the calls of a look, whatever the size of the fleet. */
const ASKED_PER_LOOK = 25;

/** Documented: what a nucleus before 2.9 answers to a subdeployment. It says nothing about the release. */
const LACKS_CAPABILITY = 'NUCLEUS_MISSING_REQUIRED_CAPABILITIES';

/** Ranks whose failed deployment an earlier look has sorted. */
const knownRanks = ({ evidence }: Known) =>
  new Set([...evidence.failedRanks.deployment, ...evidence.apart.map(({ rank }) => rank)]);

/** The devices to ask at this look: those that failed since the last one, the first ones first. Who is silent can't be asked. */
export function failuresToAsk(rollout: Known, failing: readonly FailingDevice[]): FailingDevice[] {
  const known = knownRanks(rollout);
  const skipped = new Set(rollout.skipped.map(({ thing }) => thing));
  return failing
    .filter(({ status, rank }) => status !== 'TIMED_OUT' && rank !== undefined && !known.has(rank))
    .filter(({ thing }) => !skipped.has(thing))
    .slice(0, ASKED_PER_LOOK);
}

/** What a look found out about failing devices. */
export interface SortedFailures {
  /** Without ineligible devices, and with a device that is still to be asked IN_PROGRESS: it hasn't said what it means. */
  readonly counts: ExecutionCounts;
  readonly failures: DeviceFailure[];
  readonly failedRanks: number[];
  /** Devices whose failure isn't the release's. */
  readonly apart: ApartRank[];
  /** Devices that turned out to be ineligible. */
  readonly ineligible: SkippedRank[];
}

/** The counts less executions that are counted as something else. */
function without(
  counts: ExecutionCounts,
  devices: readonly FailingDevice[],
  as: 'inProgress' | 'apart' | undefined,
): ExecutionCounts {
  const of = (status: FailingDevice['status']) =>
    devices.filter((device) => device.status === status).length;
  return {
    ...counts,
    failed: counts.failed - of('FAILED'),
    rejected: counts.rejected - of('REJECTED'),
    timedOut: counts.timedOut - of('TIMED_OUT'),
    ...(as && { [as]: counts[as] + devices.length }),
  };
}

/**
 * Sorts failing executions into failures of the release, those that say nothing of it, devices that can't take a rollout at all,
 * and those that have yet to be asked. `reasons` by thing, of the devices that were asked at this look: one that doesn't say why
 * has failed by the release.
 */
export function sortFailures(
  rollout: Known,
  counts: ExecutionCounts,
  failing: readonly FailingDevice[],
  reasons: ReadonlyMap<string, FailureReason>,
): SortedFailures {
  const known = knownRanks(rollout);
  const skipped = new Set(rollout.skipped.map(({ thing }) => thing));
  const asked = new Set(failuresToAsk(rollout, failing).map(({ thing }) => thing));
  const knownApart = new Map(rollout.evidence.apart.map((one) => [one.rank, one.cause]));
  const lacks = ({ thing }: FailingDevice) =>
    reasons.get(thing)?.errorStack.includes(LACKS_CAPABILITY) ?? false;
  const isSettled = ({ thing, status, rank }: FailingDevice) =>
    status === 'TIMED_OUT' || rank === undefined || known.has(rank) || asked.has(thing);
  const apartOf = ({ thing, rank }: FailingDevice): ApartRank[] => {
    if (rank === undefined) return [];
    const reason = reasons.get(thing);
    const cause = knownApart.get(rank) ?? (reason && causeOf(rollout, reason)) ?? 'release';
    return cause === 'release' || rollout.evidence.failedRanks.deployment.includes(rank)
      ? []
      : [{ rank, cause }];
  };
  const isIneligible = (device: FailingDevice) => skipped.has(device.thing) || lacks(device);
  const relevant = failing.filter((device) => !isIneligible(device));
  const settled = relevant.filter(isSettled);
  const apart = settled.flatMap(apartOf);
  const causes = new Map(apart.map(({ rank, cause }) => [rank, cause]));
  const isApart = ({ rank }: FailingDevice) => rank !== undefined && causes.has(rank);
  const why = new Map(rollout.failures.map((failure) => [failure.thing, failure.why]));
  const leftOut = without(counts, failing.filter(isIneligible), undefined);
  const started = without(
    leftOut,
    relevant.filter((device) => !isSettled(device)),
    'inProgress',
  );
  return {
    counts: without(started, settled.filter(isApart), 'apart'),
    failures: settled.map(({ thing, status, rank }) => ({
      thing,
      status,
      why: reasons.get(thing)?.reason ?? why.get(thing) ?? '',
      ...(rank !== undefined && causes.has(rank) && { apart: causes.get(rank) }),
    })),
    failedRanks: settled
      .filter((device) => !isApart(device))
      .flatMap(({ rank }) => rank ?? [])
      .sort((a, b) => a - b),
    apart,
    ineligible: failing
      .filter((device) => lacks(device) && !skipped.has(device.thing))
      .flatMap(({ rank, thing }) =>
        rank === undefined ? [] : [{ rank, thing, reason: reasons.get(thing)?.reason ?? '' }],
      ),
  };
}
