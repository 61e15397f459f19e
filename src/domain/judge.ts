import * as z from 'zod';
import { formatDuration } from './duration.js';
import { AbortEvidence, abortEvidence } from './judge/abort-evidence.js';
import { promoteEvidence } from './judge/promote-evidence.js';
import { wholeFleet } from './judge/stream.js';
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
});
export type DeviceFailure = z.infer<typeof DeviceFailure>;

/** What one look saw of the rollout group's deployment. */
export const WaveObservation = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  counts: ExecutionCounts,
  /** The failing executions that the look listed, and admitted devices that are UNHEALTHY but weren't at planning. */
  failures: z.array(DeviceFailure),
  /** The latest revision of the target is the baseline; where the target is one thing, what the rollout has made of it. */
  isBaselineLatest: z.boolean(),
  /** The rollout's own deployment is ACTIVE. */
  isDeploymentActive: z.boolean(),
});
export type WaveObservation = z.infer<typeof WaveObservation>;

/** What a look decided, and the comparison that decided it. */
export const Judgement = z.strictObject({
  /** Promote: this wave has passed. Hold: the evidence decides neither way and nothing more will come. */
  verdict: z.enum(['Continue', 'Promote', 'Abort', 'Hold']),
  reason: z.string(),
  /** The failure rate is below the limit, but for the risk of a false promotion. */
  proven: z.boolean(),
  /** For an abort, over the whole rollout; none of a look at the target. */
  evidence: AbortEvidence.optional(),
  numbers: WaveNumbers,
});
export type Judgement = z.infer<typeof Judgement>;

/** What of a rollout `judgeWave` needs; `Rollout` has it all. */
export interface WaveProgress extends Progress {
  readonly answeredBefore: number;
  readonly ranked: number;
  readonly waveStarts: readonly number[];
  readonly failedRanks: readonly number[];
  readonly unhealthyRanks: readonly number[];
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
}

// Of *this* wave: how many may still be in flight when its bake begins.
const unansweredPercent = 5;

/** Counts a device once, however many signals say that it failed; one that somebody else has put into the group counts too. */
function failedDevices(progress: WaveProgress, counts: ExecutionCounts): number {
  const failed = new Set(progress.failedRanks);
  const alsoUnhealthy = progress.unhealthyRanks.filter((rank) => !failed.has(rank));
  return Math.max(failed.size, failedExecutions(counts)) + alsoUnhealthy.length;
}

/** The devices that the current wave itself has admitted, or is to admit. */
function ownDevices(progress: WaveProgress): number {
  const { waves, wave, skipped, waveStarts } = progress;
  const planned = wave === 0 ? 0 : currentWave({ waves, wave: wave - 1 }).size;
  const before = wave === 0 ? 0 : (waveStarts[wave - 1] ?? planned);
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

/** The evidence of all failures since the rollout began: one process, whatever waves there were in between. */
const evidenceOf = (progress: WaveProgress) =>
  abortEvidence({
    failedRanks: [...progress.failedRanks, ...progress.unhealthyRanks].map((rank) => rank + 1),
    waveStarts: progress.waveStarts,
    planned: progress.ranked,
    waves: progress.waves.length,
    streams: wholeFleet(progress.file.strategy.health.maxFailurePercent / 100),
    risk: progress.file.strategy.health.falseAbortRisk,
  });

// Rounded down, so that evidence under a threshold never reads as if it had reached it.
const rounded = (evidence: number) =>
  evidence < 1000 ? String(Math.floor(evidence * 10) / 10) : evidence.toExponential(1);

const thresholdText = (threshold: number) => String(Number(threshold.toFixed(2)));

interface Look {
  readonly progress: WaveProgress;
  readonly at: number;
  readonly numbers: WaveNumbers;
  readonly evidence: AbortEvidence;
}

function verdictOf(
  { numbers, evidence }: Look,
  verdict: Judgement['verdict'],
  comparison: string,
  proven = false,
): Judgement {
  const reason = `${comparison}; evidence ${rounded(evidence.evidence)} ${evidence.aborts ? '>=' : '<'} ${thresholdText(evidence.threshold)}`;
  return { verdict, reason, proven, evidence, numbers };
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
export function judgeWave(progress: WaveProgress, { at, counts }: WaveObservation): JudgedWave {
  const failed = failedDevices(progress, counts);
  const numbers = { ...waveNumbers(progress, counts, at), failed };
  const evidence = evidenceOf(progress);
  const look = { progress, at, numbers, evidence };
  const baking =
    progress.bakeEndsAt === undefined ? undefined : { bakeEndsAt: progress.bakeEndsAt };
  if (evidence.aborts) {
    const started = `failed ${evidence.at.failed} of the first ${evidence.at.exposed} started`;
    return { judgement: verdictOf(look, 'Abort', started), ...baking };
  }
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
