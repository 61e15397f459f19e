import { InvalidPayloadError } from './errors.js';
import { outcomeReason, type Outcome } from './outcome.js';
import type { Phase, Rollout } from './rollout.js';
import { isThing, shortTarget } from './target.js';

const ENDED: readonly Phase[] = ['Promoted', 'Aborted', 'Superseded', 'Failed'];

/** Whether a rollout still has something to do. */
export const isOpen = ({ phase }: Pick<Rollout, 'phase'>) => !ENDED.includes(phase);

/** Whether a rollout to one thing has the thing in its hands: it is open, or has failed with the release left there. */
export const isThingHeld = (
  rollout: Pick<Rollout, 'phase' | 'targetArn' | 'admitted' | 'sweptAt'>,
): boolean => {
  const { phase, targetArn, admitted, sweptAt } = rollout;
  if (!isThing(targetArn)) return false;
  return isOpen(rollout) || (phase === 'Failed' && admitted > 0 && sweptAt === undefined);
};

/** Throws InvalidPayloadError where a step is asked to go on with a rollout that has ended: nobody is admitted after that. */
export function refuseEnded(rollout: Rollout): void {
  if (!isOpen(rollout))
    throw new InvalidPayloadError(`rollout ${rollout.rolloutId} has ended: it is ${rollout.phase}`);
}

/** The rollout as it ends other than by being promoted; one that has ended already stays as it is. */
export const ended = (rollout: Rollout, outcome: Outcome, at: string): Rollout =>
  isOpen(rollout)
    ? { ...rollout, phase: outcome.phase, endReason: outcomeReason(outcome), endedAt: at }
    : rollout;

/** What a person reads of such an end. */
export const endNews = ({ rolloutId }: Rollout, outcome: Outcome): string =>
  outcome.phase === 'Failed' && outcome.error === 'TargetLockedError'
    ? 'Failed: the target is not its own, nothing was changed'
    : `${outcome.phase}: nobody is admitted any more; the hourly sweep takes the release back, or \`greenwave cleanup ${rolloutId}\` at once`;

/** The rollout once the target runs the release. */
export const promoted = (rollout: Rollout, at: string): Rollout => ({
  ...rollout,
  phase: 'Promoted',
  endedAt: rollout.endedAt ?? at,
});

/**
 * What a person reads then. One thing that was away when a person approved gets its revision when it returns; where it failed by
 * nothing of the release and a person took that, nobody gives it the release once more.
 */
export function promotionNews({ targetArn, counts, judgement }: Rollout) {
  const why = judgement?.reason ?? 'the target runs the release';
  if (!isThing(targetArn))
    return {
      what: 'promoted: rollout group and subdeployment are deleted, the target is free',
      why,
    };
  const gets = counts.apart > 0 ? 'keeps what it had, not' : 'gets';
  const has = counts.succeeded > 0 ? 'runs' : gets;
  return { what: `promoted: ${shortTarget(targetArn)} ${has} the release, and is free`, why };
}
