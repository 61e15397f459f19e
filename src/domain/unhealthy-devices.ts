import type { SortedFailures } from './failing-devices.js';
import { breaksRelease, healthCauseOf, type BrokenComponent } from './failure-cause.js';
import type { DeviceFailure, WaveObservation } from './judge.js';
import type { ComparedLook } from './judge/comparison.js';
import type { Compared, RolloutEvidence } from './rollout-evidence.js';
import { unhealthyRanks } from './rollout-evidence.js';
import type { Rollout } from './rollout.js';
import { admittedDevices, allExecutions } from './wave.js';

/** A device that is UNHEALTHY, and what is broken on it if it has been asked. */
export interface UnhealthyDevice {
  readonly thing: string;
  readonly rank: number | undefined;
  readonly broken?: readonly BrokenComponent[];
}

/** What a look found out about devices. */
export interface SeenWave {
  readonly observation: WaveObservation;
  readonly sorted: SortedFailures;
  /** They succeeded at the release. */
  readonly unhealthy: readonly UnhealthyDevice[];
  /** Of the devices that have yet to get it; undefined where they weren't looked at. */
  readonly controls: readonly UnhealthyDevice[] | undefined;
}

/** Devices without the release for each that has it, below which there are too few to compare with. */
const CONTROLS_PER_CANARY = 9;

/** Whether there are controls enough: of the devices with a rank, those that have yet to get the release. */
export const hasControls = ({ ranked, admitted }: Pick<Rollout, 'ranked' | 'admitted'>): boolean =>
  ranked - admitted >= CONTROLS_PER_CANARY * admitted;

const ranksOf = (devices: readonly UnhealthyDevice[]) => devices.flatMap(({ rank }) => rank ?? []);
const union = (...ranks: readonly (readonly number[])[]) =>
  [...new Set(ranks.flat())].sort((a, b) => a - b);

/** Ranks of which it is settled whether their being UNHEALTHY counts against the release. */
function settledRanks({ evidence, skipped }: Pick<Rollout, 'evidence' | 'skipped'>): Set<number> {
  return new Set([
    ...unhealthyRanks(evidence),
    ...evidence.apart.map(({ rank }) => rank),
    ...evidence.compared.health.controls,
    ...skipped.map(({ rank }) => rank),
  ]);
}

/** Unhealthy devices that are asked, at one look, what is broken. */
const ASKED_PER_LOOK = 25;

/** The devices to ask at this look what is broken on them: the first of those that are news. */
export function unhealthyToAsk(
  rollout: Pick<Rollout, 'evidence' | 'skipped'>,
  unhealthy: readonly UnhealthyDevice[],
): UnhealthyDevice[] {
  const settled = settledRanks(rollout);
  return unhealthy
    .filter(({ rank }) => rank !== undefined && !settled.has(rank))
    .slice(0, ASKED_PER_LOOK);
}

/** How many devices are UNHEALTHY that have yet to be asked: until then nobody knows what they mean. */
export const unasked = (
  rollout: Pick<Rollout, 'evidence' | 'skipped'>,
  unhealthy: readonly UnhealthyDevice[],
): number => {
  const settled = settledRanks(rollout);
  return unhealthy.filter(
    ({ rank, broken }) => rank !== undefined && !settled.has(rank) && broken === undefined,
  ).length;
};

/** Controls that failed since the last look, by signal. One that hasn't been asked counts as if the same were broken on it. */
function newControls(
  rollout: Rollout,
  controls: readonly UnhealthyDevice[],
  signal: keyof RolloutEvidence['compared'],
): number[] {
  const known = new Set(rollout.evidence.compared[signal].controls);
  return ranksOf(
    controls.filter(
      ({ broken }) => signal === 'health' || broken === undefined || breaksRelease(rollout, broken),
    ),
  ).filter((rank) => rank >= rollout.admitted && !known.has(rank));
}

/** The share of the devices that can be heard of, as those with the release show it: of the others nobody knows. */
function heardShare(rollout: Rollout, { counts }: WaveObservation): number {
  const devices = admittedDevices(rollout);
  const silent = counts.queued + Math.max(0, devices - allExecutions(counts));
  return devices === 0 ? 1 : Math.max(0, devices - silent) / devices;
}

/** How many devices could have failed since the last look: those that have had no failure yet. */
function atRisk(rollout: Rollout, observation: WaveObservation, { ranks, controls }: Compared) {
  const waiting = rollout.ranked - rollout.admitted;
  const failed = controls.filter((rank) => rank >= rollout.admitted).length;
  return {
    canaries: observation.counts.succeeded - ranks.length,
    controls: Math.floor((waiting - failed) * heardShare(rollout, observation)),
  };
}

/** The comparison after a look: how many of those that could fail did, with the release and without it. */
function comparedWith(
  before: Compared,
  failed: readonly number[],
  controlsFailed: readonly number[],
  { canaries, controls }: ReturnType<typeof atRisk>,
): Compared {
  if (failed.length + controlsFailed.length === 0) return before;
  const look: ComparedLook = {
    canaries: Math.max(failed.length, canaries),
    canariesFailed: failed.length,
    controls: Math.max(controlsFailed.length, controls),
    controlsFailed: controlsFailed.length,
  };
  return {
    ranks: union(before.ranks, failed),
    controls: union(before.controls, controlsFailed),
    looks: [...before.looks, look],
  };
}

/**
 * The evidence with what a look found out. What has failed stays failed: neither a late answer nor a recovery takes evidence
 * back, and a look at the same again adds nothing. Who failed before getting the release never counts against it.
 */
function evidenceAfter(rollout: Rollout, seen: SeenWave): RolloutEvidence {
  const { evidence, skipped } = rollout;
  const { observation, sorted, unhealthy, controls } = seen;
  const settled = settledRanks({ evidence, skipped: [...skipped, ...sorted.ineligible] });
  const apart = new Set(evidence.apart.map(({ rank }) => rank));
  const asked = unhealthy.flatMap(({ rank, broken }) =>
    rank === undefined || broken === undefined ? [] : [{ rank, broken }],
  );
  // What was broken beside the release once is watched on one thing, where the release may break as well.
  const open = asked.filter(({ rank }) => !settled.has(rank) || apart.has(rank));
  const own = open.filter(({ broken }) => healthCauseOf(rollout, broken) === 'release');
  const failed = {
    health: own.map(({ rank }) => rank),
    component: own.filter(({ broken }) => breaksRelease(rollout, broken)).map(({ rank }) => rank),
  };
  const unrelated = open.filter(
    ({ rank, broken }) => !apart.has(rank) && healthCauseOf(rollout, broken) !== 'release',
  );
  const compare = (signal: 'health' | 'component') =>
    controls === undefined
      ? evidence.compared[signal]
      : comparedWith(
          evidence.compared[signal],
          failed[signal],
          newControls(rollout, controls, signal),
          atRisk(rollout, observation, evidence.compared[signal]),
        );
  return {
    ...evidence,
    failedRanks: {
      deployment: union(evidence.failedRanks.deployment, sorted.failedRanks),
      health: union(evidence.failedRanks.health, failed.health),
      component: union(evidence.failedRanks.component, failed.component),
    },
    compared: { health: compare('health'), component: compare('component') },
    apart: [
      ...evidence.apart,
      ...sorted.apart.filter(({ rank }) => !settled.has(rank)),
      ...unrelated.map(({ rank }) => ({ rank, cause: 'foreign' as const })),
    ],
  };
}

/** The rollout with what a look found out about devices. */
export const withFailures = (rollout: Rollout, seen: SeenWave): Rollout => ({
  ...rollout,
  skipped: [...rollout.skipped, ...seen.sorted.ineligible],
  evidence: evidenceAfter(rollout, seen),
});

/** The unhealthy devices as a person reads of them: `known` has what was said of them before. */
export function unhealthyFailures(
  rollout: Rollout,
  unhealthy: readonly UnhealthyDevice[],
): DeviceFailure[] {
  const why = new Map(rollout.failures.map((failure) => [failure.thing, failure.why]));
  const apart = new Map(rollout.evidence.apart.map(({ rank, cause }) => [rank, cause]));
  const controls = new Set(rollout.evidence.compared.health.controls);
  return unhealthy
    .filter(({ rank }) => rank === undefined || !controls.has(rank))
    .map(({ thing, rank, broken }) => {
      const cause =
        (rank === undefined ? undefined : apart.get(rank)) ??
        (broken && healthCauseOf(rollout, broken));
      return {
        thing,
        status: 'UNHEALTHY' as const,
        why: broken?.map(({ says }) => says).join('; ') ?? why.get(thing) ?? '',
        ...(cause !== undefined && cause !== 'release' && { apart: cause }),
      };
    });
}
