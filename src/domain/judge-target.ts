import * as z from 'zod';
import { DeviceFailure } from './judge.js';
import type { Judgement } from './judge.js';
import { allExecutions, answeredExecutions, ExecutionCounts, percentDown } from './wave.js';
import type { Progress } from './wave.js';

/** What one look saw of the target's own new revision. */
export const TargetObservation = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  counts: ExecutionCounts,
  /** Failing devices that have no rank. */
  unrankedFailures: z.array(DeviceFailure),
  /** The revision that the rollout made is still the latest of the target. */
  isRevisionLatest: z.boolean(),
  /** And it is ACTIVE. */
  isDeploymentActive: z.boolean(),
});
export type TargetObservation = z.infer<typeof TargetObservation>;

/** What of a rollout `judgeTarget` needs; `Rollout` has it all. */
export interface TargetProgress {
  readonly file: Progress['file'];
  readonly ranked: number;
  readonly ineligible: number;
  readonly unheard: number;
  readonly skipped: Progress['skipped'];
  /** When the target got the release; epoch milliseconds. */
  readonly targetPromotedAt: number;
}

/** How many devices a minute the target's revision goes out to: `maxInFlight`, and 1000 is what IoT Jobs takes. */
export const targetRatePerMinute = ({ file }: Pick<Progress, 'file'>) =>
  Math.min(1000, file.strategy.maxInFlight);

/** When the last device was handed out the release, at the rate above, and a deadline later; epoch milliseconds. */
function youngUntil(progress: TargetProgress, members: number): number {
  const minutes = Math.ceil(members / targetRatePerMinute(progress));
  const seconds = minutes * 60 + progress.file.strategy.health.deviceDeadlineSeconds;
  return progress.targetPromotedAt + seconds * 1000;
}

const membersOf = ({ ranked, ineligible, unheard }: TargetProgress) =>
  ranked + ineligible + unheard;

// The service ends an execution at 25,000 events, and a look at the target makes about ten.
const targetLooks = 500;

/**
 * The seconds until the next look at the target: 30, or so many that 500 looks last until nobody is waited for any more, and
 * after that an hour.
 */
export function targetLookSeconds(progress: TargetProgress, now: number): number {
  const deadline = progress.file.strategy.health.deviceDeadlineSeconds;
  const endsAt = youngUntil(progress, membersOf(progress)) + deadline * 1000;
  if (now >= endsAt) return 3600;
  const seconds = (endsAt - progress.targetPromotedAt) / 1000;
  return Math.max(30, Math.ceil(seconds / targetLooks));
}

/** Of the target: it is taken back, looked at again, or through. */
const alternativesOf = (verdict: Judgement['verdict'], why: string): Judgement['alternatives'] =>
  (['Abort', 'Continue', 'Promote'] as const)
    .filter((other) => other !== verdict)
    .map((other) => ({ verdict: other, why }));

/**
 * Judges one look at the target after it got the release. The waves have judged the devices with a rank, and their no-op successes
 * would dilute what the others say, so only failures among devices without a rank count: over the limit of those devices, but
 * more than 1, abort. One failure is tolerated however few they are: they were unhealthy or unheard of to begin with.
 * Promote once nothing is in flight; at the latest two deadlines after the last was handed out, for by then who answers now is one
 * who returned late. Not a single answer is no data and never promotes.
 */
export function judgeTarget(progress: TargetProgress, observation: TargetObservation): Judgement {
  const { at, counts, unrankedFailures } = observation;
  const { maxFailurePercent: percent, deviceDeadlineSeconds } = progress.file.strategy.health;
  const members = Math.max(membersOf(progress), allExecutions(counts));
  const mayBeYoungUntil = youngUntil(progress, members);
  const answered = answeredExecutions(counts);
  const namesOf = (isApart: boolean) =>
    new Set(
      unrankedFailures
        .filter((one) => (one.apart !== undefined) === isApart)
        .map(({ thing }) => thing),
    );
  const failed = namesOf(false).size;
  const apart = namesOf(true).size;
  const devices = members - counts.removed;
  const allQueued = Math.max(0, devices - answered - counts.inProgress - counts.canceled);
  const queued = at < mayBeYoungUntil ? 0 : allQueued;
  const pending = counts.inProgress + allQueued - queued;
  const reached = devices - queued - counts.canceled;
  const numbers = {
    devices,
    reached,
    answered,
    succeeded: counts.succeeded,
    failed,
    pending,
    queued,
    apart,
  };
  const unranked = progress.ineligible + progress.unheard + progress.skipped.length;
  const mayFail = Math.max(1, percentDown(percent, unranked));
  const comparison = `${percent} % of ${unranked} devices without a rank, at least 1 = ${mayFail}`;
  const comparedText = `failed (${failed}) ${failed > mayFail ? '>' : '<='} ${comparison}`;
  const judged = (verdict: Judgement['verdict'], reason: string): Judgement => ({
    verdict,
    reason,
    proven: false,
    numbers,
    alternatives: alternativesOf(verdict, comparedText),
    wouldChange:
      verdict === 'Abort'
        ? ['nothing: what has failed stays failed, whatever comes']
        : [`${mayFail + 1 - failed} more failures among devices without a rank would abort`],
  });
  if (failed > mayFail) return judged('Abort', `failed (${failed}) > ${comparison}`);
  if (pending > 0 && at < mayBeYoungUntil + deviceDeadlineSeconds * 1000)
    return judged('Continue', `pending (${pending}) > 0`);
  if (answered === 0) return judged('Continue', 'no device of the target has answered');
  const others = apart > 0 ? `; not by the release: ${apart}` : '';
  return judged('Promote', `failed (${failed}) <= ${comparison}${others}`);
}
