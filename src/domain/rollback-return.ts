import type { DeviceExecution } from './rollback.js';
import type { Rollout } from './rollout.js';
import type { ExecutionCounts } from './wave.js';

/** Above so many hit devices, they are looked at one by one only once the job has nothing left to do that is worth waiting for. */
const FEW = 1000;
/** Hit devices that are asked for their components at one look: one call each, and each is asked once it is back. */
const ASKED_PER_LOOK = 100;
/** Only an exact version can be compared with what is installed. */
const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

/** Components of a device by name, with their versions. */
export type InstalledVersions = ReadonlyMap<string, string>;

/**
 * Whether a device runs the baseline's versions of what the release touched. Configuration can't be read: that the device
 * succeeded at the revert deployment is what says that it is back too.
 */
export function isOnBaseline(
  { file, revertDocument }: Pick<Rollout, 'file' | 'revertDocument'>,
  installed: InstalledVersions,
): boolean {
  return Object.keys(file.release.components).every((name) => {
    const version = revertDocument.components[name]?.componentVersion;
    return version === undefined || !EXACT.test(version) || installed.get(name) === version;
  });
}

type Reverted = Pick<Rollout, 'file' | 'revertedAt' | 'hit' | 'returned'>;

const isYoung = ({ file, revertedAt }: Reverted, at: number) =>
  at < (revertedAt ?? at) + file.strategy.health.deviceDeadlineSeconds * 1000;

const isOver = ({ file, revertedAt }: Reverted, at: number) =>
  at >= (revertedAt ?? at) + file.strategy.returnWithinSeconds * 1000;

/** How many of the hit devices are to be waited for by the counts alone; undefined: they are to be looked at one by one. */
export function returningByCounts(
  rollout: Reverted,
  { queued, inProgress }: ExecutionCounts,
  at: number,
): number | undefined {
  const busy = inProgress + (isYoung(rollout, at) ? queued : 0);
  const isEarly = rollout.hit > FEW && busy > 0 && !isOver(rollout, at);
  return isEarly ? rollout.hit - rollout.returned : undefined;
}

/** The hit devices that have succeeded at the revert and have yet to be asked what they run: so many as one look may ask. */
export const devicesToAsk = (
  hit: readonly string[],
  returned: ReadonlySet<string>,
  executions: readonly DeviceExecution[],
): string[] => {
  const succeeded = thingsWith(executions, ['SUCCEEDED']);
  return hit
    .filter((thing) => succeeded.has(thing) && !returned.has(thing))
    .slice(0, ASKED_PER_LOOK);
};

/** Names of the devices whose execution has one of these statuses. */
export const thingsWith = (
  executions: readonly DeviceExecution[],
  statuses: readonly string[],
): Set<string> =>
  new Set(executions.filter(({ status }) => statuses.includes(status)).map(({ thing }) => thing));

/**
 * How many hit devices are to be waited for: in progress, or queued or still to be checked within the device deadline. The others
 * are back, have failed at the revert, or can't be reached. Nobody once `returnWithin` is over, or once somebody else has ended the
 * revert: a cancelled execution takes no more updates.
 */
export function returning(
  rollout: Reverted,
  seen: {
    readonly at: number;
    readonly isActive: boolean;
    readonly hit: readonly string[];
    readonly returned: ReadonlySet<string>;
    readonly executions: readonly DeviceExecution[];
  },
): number {
  if (!seen.isActive || isOver(rollout, seen.at)) return 0;
  const ended = thingsWith(seen.executions, [
    'FAILED',
    'REJECTED',
    'TIMED_OUT',
    'REMOVED',
    'CANCELED',
  ]);
  const busy = thingsWith(seen.executions, ['IN_PROGRESS']);
  return seen.hit.filter(
    (thing) =>
      !seen.returned.has(thing) &&
      !ended.has(thing) &&
      (busy.has(thing) || isYoung(rollout, seen.at)),
  ).length;
}

/** Hit devices that are not back: where there is no way back, none is waited for. */
export const stragglersOf = (
  { revertDeploymentId }: Pick<Rollout, 'revertDeploymentId'>,
  hit: readonly string[],
  returned: readonly string[],
): string[] => {
  const back = new Set(returned);
  return revertDeploymentId === undefined ? [] : hit.filter((thing) => !back.has(thing));
};

/** What is to be deleted once the hit devices have been waited for; deployments in the order of their deletion. */
export interface Leftovers {
  readonly deployments: string[];
  readonly isGroupLeft: boolean;
}

const present = (ids: readonly (string | undefined)[]): string[] =>
  ids.filter((id) => id !== undefined);

/**
 * `stragglers`: hit devices that still need the revert deployment. `hadNone`: the target had no deployment before the rollout,
 * and is to have none again.
 */
export function leftoversOf(
  rollout: Rollout,
  { stragglers, hadNone }: { stragglers: number; hadNone: boolean },
): Leftovers {
  const { deploymentId, targetDeploymentId, revertDeploymentId, baseline, endsAs } = rollout;
  const own = hadNone ? baseline?.deploymentId : undefined;
  if (endsAs === 'Promoted') return { deployments: present([deploymentId]), isGroupLeft: true };
  const isStopped = rollout.file.strategy.onAbort === 'stop';
  if (targetDeploymentId !== undefined) {
    // After a stop the cancelled revision stays: it is what the devices run.
    const isLeft = stragglers > 0 || isStopped;
    const revisions = [hadNone ? revertDeploymentId : undefined, targetDeploymentId, own];
    return {
      deployments: present([deploymentId, ...(isLeft ? [] : revisions)]),
      isGroupLeft: true,
    };
  }
  if (stragglers > 0) return { deployments: present([deploymentId]), isGroupLeft: false };
  return { deployments: present([revertDeploymentId, deploymentId, own]), isGroupLeft: true };
}

/** The rollout once it has been taken back as far as it can be. */
export const rolledBack = (
  rollout: Rollout,
  { stragglers, at }: { stragglers: string[]; at: string },
): Rollout => ({
  ...rollout,
  phase: rollout.endsAs ?? 'Aborted',
  stragglers,
  endedAt: rollout.endedAt ?? at,
  ...(stragglers.length === 0 && { sweptAt: at }),
});

/** What a person reads at the end. */
export function endNews(rollout: Rollout): { what: string; why: string } {
  const { phase, hit, returned, stragglers, revertDeploymentId, endReason } = rollout;
  const why = endReason ?? 'the target runs the release';
  if (phase === 'Promoted') return { what: 'promoted: nothing is left to clean up', why };
  if (revertDeploymentId === undefined)
    return { what: `${phase}: ${hit} devices got the release, none was taken back`, why };
  const missing = stragglers.length === 0 ? '' : `; stragglers: ${stragglers.join(', ')}`;
  return { what: `${phase}: ${returned} of ${hit} hit devices are back${missing}`, why };
}
