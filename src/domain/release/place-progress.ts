import type { Rollout } from '../rollout.js';
import { type Place, placeRolloutId, rolloutNameOf } from './line.js';

/** What there is of the rollout that a place has asked for. */
export interface Asked {
  readonly rollout: Pick<Rollout, 'phase' | 'endReason'> | undefined;
  readonly execution:
    | {
        readonly status: string | undefined;
        readonly error: string | undefined;
        readonly message: string;
      }
    | undefined;
}

/** As long as until the schedule starts the line again: whoever holds the target may be known by no event. */
const AGAIN_AFTER_MS = 14 * 60 * 1000;

const LOCKED = 'TargetLockedError';

/** The place in its line once more, with the next attempt's id: Step Functions never gives an execution's name twice. */
function again(place: Place, reason: string, at: number): Place {
  const attempt = place.attempt + 1;
  const name = rolloutNameOf(place.component, place.version);
  return {
    ...place,
    attempt,
    rolloutId: placeRolloutId(name, { ...place, attempt }),
    state: 'Waiting',
    reason,
    notBefore: at + AGAIN_AFTER_MS,
  };
}

/**
 * What has become of a place whose rollout was asked for: it has begun, it found the target taken and waits again, it was refused;
 * or undefined where that can't be said yet.
 */
export function placeProgress(
  place: Place,
  { rollout, execution }: Asked,
  at: number,
): Place | undefined {
  const hasEnded = execution !== undefined && execution.status !== 'RUNNING';
  if (rollout?.phase === 'Failed' && rollout.endReason?.includes(LOCKED))
    return again(place, rollout.endReason, at);
  if (rollout && (rollout.phase !== 'Planned' || hasEnded))
    return { ...place, state: 'Started', reason: `rollout ${place.rolloutId}` };
  if (!hasEnded) return undefined;
  if (execution.error === LOCKED) return again(place, execution.message, at);
  const reason = `${execution.error ?? execution.status}: ${execution.message}`;
  return { ...place, state: 'Failed', reason };
}
