import * as z from 'zod';
import { formatDuration } from './duration.js';
import { evidenceOrigin, evidenceText } from './evidence-text.js';
import { promoteEvidence } from './judge/promote-evidence.js';
import type { PlatformCount } from './platform-order.js';
import { unhealthyRanks, type RolloutEvidence } from './rollout-evidence.js';
import { SignalEvidence, strongestEvidence } from './signal-evidence.js';
import { Outlook, outlookOf, Verdict } from './verdict-outlook.js';
import {
  currentWave,
  ExecutionCounts,
  failedExecutions,
  nextExtension,
  percentDown,
  percentUp,
  waveNumbers,
  WaveNumbers,
  waveSize,
} from './wave.js';
import type { Progress } from './wave.js';

/** A device that counts against the release, and why. */
export const DeviceFailure = z.strictObject({
  thing: z.string(),
  status: z.enum(['FAILED', 'REJECTED', 'TIMED_OUT', 'UNHEALTHY']),
  why: z.string(),
  /** Where it says nothing of the release: what it is blamed on instead. */
  apart: z.enum(['infrastructure', 'foreign']).optional(),
});
export type DeviceFailure = z.infer<typeof DeviceFailure>;

/** What one look saw of the rollout group's deployment. */
export const WaveObservation = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  counts: ExecutionCounts,
  /** The failing executions that the look listed, and admitted devices that are UNHEALTHY but weren't at planning. */
  failures: z.array(DeviceFailure),
  /** Devices that are UNHEALTHY and have yet to be asked why. */
  unasked: z.number(),
  /** The latest revision of the target is the baseline; where the target is one thing, what the rollout has made of it. */
  isBaselineLatest: z.boolean(),
  /** The rollout's own deployment is ACTIVE. */
  isDeploymentActive: z.boolean(),
});
export type WaveObservation = z.infer<typeof WaveObservation>;

/** What a look decided, the comparison that decided it, and how far it is from deciding otherwise. */
export const Judgement = z.strictObject({
  verdict: Verdict,
  reason: z.string(),
  /** The failure rate is below the limit, but for the risk of a false promotion. */
  proven: z.boolean(),
  /** For an abort, over the whole rollout, by the signal that is closest to one; none of a look at the target. */
  evidence: SignalEvidence.optional(),
  numbers: WaveNumbers,
  ...Outlook.shape,
});
export type Judgement = z.infer<typeof Judgement>;

/** What of a rollout `judgeWave` needs; `Rollout` has it all. */
export interface WaveProgress extends Progress {
  readonly answeredBefore: number;
  readonly ranked: number;
  readonly platforms: readonly PlatformCount[];
  readonly evidence: RolloutEvidence;
}

/** A judgement, and what it means for the wave. */
export interface JudgedWave {
  readonly judgement: Judgement;
  /** Once the wave has settled. */
  readonly bakeEndsAt?: number;
  /** By how many devices the wave is extended from now on: they bake anew. */
  readonly extendedBy?: number;
  /** Of a Hold: devices have answered, but they decide neither way. Missing data always waits for a person. */
  readonly isMeasured?: true;
  /** Of a Hold: too many failures say nothing of the release. A person who accepts them lets the wave go on where it is. */
  readonly isApart?: true;
}

// Of *this* wave: how many may still be in flight when its bake begins.
const unansweredPercent = 5;

/** Counts a device once, however many signals say that it failed; one that somebody else has put into the group counts too. */
function failedDevices(
  { evidence }: WaveProgress,
  { counts, unasked }: Pick<WaveObservation, 'counts' | 'unasked'>,
): number {
  const failed = new Set(evidence.failedRanks.deployment);
  const alsoUnhealthy = unhealthyRanks(evidence).filter((rank) => !failed.has(rank));
  return Math.max(failed.size, failedExecutions(counts)) + alsoUnhealthy.length + unasked;
}

/** The devices that the current wave itself has admitted, or is to admit. */
function ownDevices(progress: WaveProgress): number {
  const { waves, wave, skipped, evidence } = progress;
  const planned = wave === 0 ? 0 : currentWave({ waves, wave: wave - 1 }).size;
  const before = wave === 0 ? 0 : (evidence.waveStarts[wave - 1] ?? planned);
  const size = Math.max(before, waveSize(progress));
  return size - before - skipped.filter(({ rank }) => rank >= before && rank < size).length;
}

/** No data never passes: answers of earlier waves say nothing about this one. */
function unanswered(progress: WaveProgress, { answered }: WaveNumbers): string | undefined {
  const hasAnswer = answered > progress.answeredBefore || ownDevices(progress) <= 0;
  return answered > 0 && hasAnswer
    ? undefined
    : `no device of wave ${currentWave(progress).name} has answered`;
}

/** Why the current wave can't bake yet; undefined once it has settled. */
function unsettled(progress: WaveProgress, numbers: WaveNumbers): string | undefined {
  const { name } = currentWave(progress);
  const size = waveSize(progress);
  if (progress.admitted < size)
    return `admitted (${progress.admitted}) < ${size} devices of wave ${name}`;
  const own = ownDevices(progress);
  const mayPend = percentDown(unansweredPercent, own);
  if (numbers.pending > mayPend)
    return `pending (${numbers.pending}) > ${unansweredPercent} % of the ${own} devices of wave ${name} = ${mayPend}`;
  const { minReachPercent } = progress.file.strategy.health;
  const toReach = percentUp(minReachPercent, numbers.devices);
  if (numbers.reached < toReach)
    return `reached (${numbers.reached}) < ${minReachPercent} % of ${numbers.devices} devices = ${toReach}`;
  return unanswered(progress, numbers);
}

/** Why failures that say nothing of the release are too many to go on without a person; they never abort. */
function apartHold({ file, evidence }: WaveProgress, { devices }: WaveNumbers): string | undefined {
  const { maxFailurePercent: percent } = file.strategy.health;
  const mayBe = Math.max(1, percentDown(percent, devices));
  const apart = evidence.apart.length - evidence.acceptedApart;
  if (apart <= mayBe) return undefined;
  const infrastructure = evidence.apart.filter(({ cause }) => cause === 'infrastructure').length;
  const foreign = evidence.apart.length - infrastructure;
  const accepted = evidence.acceptedApart > 0 ? `, ${evidence.acceptedApart} accepted` : '';
  return `not by the release: infrastructure (${infrastructure}) + foreign (${foreign})${accepted} > ${percent} % of ${devices} devices, at least 1 = ${mayBe}`;
}

interface Look {
  readonly progress: WaveProgress;
  readonly at: number;
  readonly numbers: WaveNumbers;
  readonly evidence: SignalEvidence;
}

function verdictOf(
  { progress, numbers, evidence }: Look,
  verdict: Judgement['verdict'],
  comparison: string,
  proven = false,
): Judgement {
  return {
    verdict,
    reason: `${comparison}; ${evidenceText(evidence)}`,
    proven,
    evidence,
    numbers,
    ...outlookOf({ verdict, judged: progress, numbers, evidence }),
  };
}

/** A wave whose bake is over: it passes, extends or holds. */
function judgeEnd(look: Look, bakeEndsAt: number): JudgedWave {
  const { progress, numbers } = look;
  const { maxFailurePercent: percent, falsePromoteRisk: risk } = progress.file.strategy.health;
  const { answered, pending, failed } = numbers;
  const limit = percent / 100;
  const { proves } = promoteEvidence({
    failed: Math.min(failed, answered),
    answered,
    pending,
    limit,
    risk,
  });
  const mayFail = percentDown(percent, answered);
  const comparison = `${percent} % of ${answered} answered = ${mayFail}`;
  if (proves || failed <= mayFail) {
    const reason = `failed (${failed}) <= ${comparison}, ${proves ? 'proven' : 'not proven'}`;
    return { judgement: verdictOf(look, 'Promote', reason, proves), bakeEndsAt };
  }
  const undecided = `failed (${failed}) > ${comparison}, undecided`;
  const more = nextExtension(progress);
  if (more === 0)
    return { judgement: verdictOf(look, 'Hold', undecided), bakeEndsAt, isMeasured: true };
  const { name } = currentWave(progress);
  const reason = `${undecided}: wave ${name} extends by ${more} to ${waveSize(progress) + more} devices`;
  return {
    judgement: verdictOf(look, 'Continue', reason),
    extendedBy: progress.extendedBy + more,
  };
}

/**
 * Judges one look at a wave. Evidence against the release aborts at any time. Moving on waits until the wave is admitted, has been
 * reached, has answered and has baked; silence never counts in a release's favour, and a wave without an answer of its own never
 * passes: where nothing is in flight any more, it holds until devices come back or a person decides. At its end a wave passes,
 * extends into the next one for want of a decision, or holds.
 */
export function judgeWave(progress: WaveProgress, observation: WaveObservation): JudgedWave {
  const { at, counts } = observation;
  const failed = failedDevices(progress, observation);
  const apart = progress.evidence.apart.length;
  const numbers = { ...waveNumbers(progress, counts, at), failed, apart };
  const evidence = strongestEvidence(progress);
  const look = { progress, at, numbers, evidence };
  const baking =
    progress.bakeEndsAt === undefined ? undefined : { bakeEndsAt: progress.bakeEndsAt };
  if (evidence.aborts) {
    return { judgement: verdictOf(look, 'Abort', evidenceOrigin(evidence)), ...baking };
  }
  const tooManyApart = apartHold(progress, numbers);
  if (tooManyApart !== undefined)
    return { judgement: verdictOf(look, 'Hold', tooManyApart), isApart: true, ...baking };
  const isAdmitted = progress.admitted >= waveSize(progress);
  const why = (baking && isAdmitted ? unanswered : unsettled)(progress, numbers);
  if (why !== undefined) {
    const isComing = !isAdmitted || numbers.pending > 0;
    return { judgement: verdictOf(look, isComing ? 'Continue' : 'Hold', why), ...baking };
  }
  const { name, bakeSeconds } = currentWave(progress);
  const bakeEndsAt = progress.bakeEndsAt ?? at + bakeSeconds * 1000;
  if (at >= bakeEndsAt) return judgeEnd(look, bakeEndsAt);
  const left = formatDuration(Math.ceil((bakeEndsAt - at) / 1000));
  const { maxFailurePercent: percent } = progress.file.strategy.health;
  const limit = `${percent} % of ${numbers.answered} answered = ${percentDown(percent, numbers.answered)}`;
  const reason = `wave ${name} bakes for another ${left}; failed (${failed}), limit ${limit}`;
  return { judgement: verdictOf(look, 'Continue', reason), bakeEndsAt };
}
