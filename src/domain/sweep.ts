import { isOnBaseline, thingsWith, type InstalledVersions } from './rollback-return.js';
import type { DeviceExecution } from './rollback.js';
import type { Rollout } from './rollout.js';
import { isOpen } from './rollout-end.js';

const DAY = 24 * 3600 * 1000;
/** A straggler that hasn't come back in so long is given up: its group and the revert deployment are deleted. */
const GIVEN_UP_AFTER = 30 * DAY;
const HOUR = 3600 * 1000;

/** Where the table lists a rollout. SWEEP: it has ended, but something of it is left, or its end has not been told. */
export type ListedAs = 'OPEN' | 'SWEEP' | 'ENDED';

/**
 * Whether something may be standing of a rollout that has ended: stragglers with their group, or after a failure the lock, the
 * group and the release itself.
 */
export const isLeft = ({
  phase,
  stragglers,
  sweptAt,
}: Pick<Rollout, 'phase' | 'sweptAt' | 'stragglers'>): boolean =>
  (phase === 'Failed' || stragglers.length > 0) && sweptAt === undefined;

/** Whether the bus has not taken the event about the phase; where the rollout has ended, no step of it will try again. */
export const isUntold = ({ phase, announced }: Pick<Rollout, 'phase' | 'announced'>): boolean =>
  phase !== announced;

export function listedAs(
  rollout: Pick<Rollout, 'phase' | 'sweptAt' | 'stragglers' | 'announced'>,
): ListedAs {
  if (isOpen(rollout)) return 'OPEN';
  return isLeft(rollout) || isUntold(rollout) ? 'SWEEP' : 'ENDED';
}

/**
 * The rollouts of this hour's sweep, at most `most`. `ended`: those listed as SWEEP; `dead`: those that are open though their
 * execution isn't. Where only the end is still to be told, no device waits for it: these have what places remain.
 */
export function sweepOf(
  { ended, dead }: { ended: readonly Rollout[]; dead: readonly Rollout[] },
  at: number,
  most: number,
): string[] {
  const idsOf = (rollouts: readonly Rollout[]) => rollouts.map(({ rolloutId }) => rolloutId);
  const standing = turnOf(idsOf([...ended.filter(isLeft), ...dead]), at, most);
  const untold = ended.filter((rollout) => !isLeft(rollout));
  return [...standing, ...turnOf(idsOf(untold), at, most - standing.length)];
}

/** All, or where they are more than `most`, the next ones in turn. */
function turnOf(rolloutIds: readonly string[], at: number, most: number): string[] {
  if (rolloutIds.length <= most) return [...rolloutIds];
  const first = (Math.floor(at / HOUR) * most) % rolloutIds.length;
  return [...rolloutIds.slice(first), ...rolloutIds.slice(0, first)].slice(0, most);
}

/** What the cloud says of a rollout's stragglers. */
export interface SeenStragglers {
  readonly at: number;
  /** When the rollout ended. */
  readonly since: number;
  /** Whether the revert deployment is still the newest there, and active. */
  readonly isRevertInForce: boolean;
  readonly members: ReadonlySet<string>;
  readonly executions: readonly DeviceExecution[];
  readonly installed: ReadonlyMap<string, InstalledVersions>;
}

/** What becomes of the stragglers of a rollout. */
export interface SweptStragglers {
  /** On the baseline again. */
  readonly back: string[];
  /** No members of the target any more, or in the hands of a newer revision of it. */
  readonly gone: string[];
  /** Their revert ended badly: they get it once more. */
  readonly again: string[];
  readonly remaining: string[];
  readonly isGivenUp: boolean;
}

const ENDED_BADLY = ['FAILED', 'REJECTED', 'TIMED_OUT', 'CANCELED'];

/**
 * A straggler is back once it has succeeded at the revert and runs the baseline's versions. Where the revert is a revision of the
 * target, nobody can be given it again, so there the versions alone say it.
 */
export function sweepStragglers(rollout: Rollout, seen: SeenStragglers): SweptStragglers {
  const succeeded = thingsWith(seen.executions, ['SUCCEEDED']);
  const endedBadly = thingsWith(seen.executions, ENDED_BADLY);
  const isOnTarget = rollout.targetDeploymentId !== undefined;
  const isBack = (thing: string) => {
    const installed = seen.installed.get(thing);
    const hasEnded = succeeded.has(thing) || (isOnTarget && endedBadly.has(thing));
    return hasEnded && installed !== undefined && isOnBaseline(rollout, installed);
  };
  const isGone = (thing: string) => !seen.isRevertInForce || !seen.members.has(thing);
  const left = rollout.stragglers.filter((thing) => !isGone(thing));
  const remaining = left.filter((thing) => !isBack(thing));
  return {
    back: left.filter(isBack),
    gone: rollout.stragglers.filter(isGone),
    again: isOnTarget ? [] : remaining.filter((thing) => endedBadly.has(thing)),
    remaining,
    isGivenUp: seen.at - seen.since > GIVEN_UP_AFTER,
  };
}

/** Stragglers that may be back: those that have ended the revert. */
export const stragglersToAsk = (
  { stragglers }: Pick<Rollout, 'stragglers'>,
  executions: readonly DeviceExecution[],
): string[] => {
  const ended = thingsWith(executions, ['SUCCEEDED', ...ENDED_BADLY]);
  return stragglers.filter((thing) => ended.has(thing)).slice(0, 100);
};

/** The rollout after a sweep of its stragglers; one that is given up keeps their names. */
export function afterSweep(rollout: Rollout, swept: SweptStragglers, at: string): Rollout {
  const isDone = swept.remaining.length === 0 || swept.isGivenUp;
  return {
    ...rollout,
    returned: rollout.returned + swept.back.length,
    stragglers: swept.remaining,
    ...(isDone && { sweptAt: at }),
  };
}

/** The revert of a target stays: it is the target's own newest revision. */
const deleted = ({ targetDeploymentId }: Rollout) =>
  targetDeploymentId === undefined
    ? 'rollout group and revert are deleted'
    : 'what the release has left is deleted';

const named = (what: string, things: readonly string[]) =>
  things.length === 0 ? [] : [`${what}: ${things.join(', ')}`];

/** What a person reads of a sweep; undefined where nothing has changed. */
export function sweepNews(after: Rollout, swept: SweptStragglers) {
  const { back, gone, again, remaining } = swept;
  const news = [
    ...named('back on the baseline', back),
    ...named('no longer a concern of this rollout', gone),
    ...named('get the revert once more', again),
  ];
  if (news.length === 0 && after.sweptAt === undefined) return undefined;
  const what = after.sweptAt === undefined ? [] : [deleted(after)];
  return {
    what: [...news, ...what].join('; '),
    why:
      remaining.length === 0
        ? 'no straggler is left'
        : `${remaining.length} stragglers are still away: ${remaining.join(', ')}`,
  };
}
