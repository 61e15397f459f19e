import * as z from 'zod';
import { AbortJudge } from './abort-judge.js';
import type { AbortPlan } from './abort-judge.js';

/** How strongly the failures so far say that the release fails more often than its limit. */
export const AbortEvidence = z.strictObject({
  /** The largest since the rollout began, where it is 1; 1 / evidence is the anytime p-value. */
  evidence: z.number(),
  threshold: z.number(),
  /** The devices, in exposure order, that say so; none while the evidence is still the 1 it began with. */
  at: z.strictObject({ failed: z.number(), exposed: z.number() }),
  /** The stream that says it loudest, and what it has counted among these devices. */
  by: z.strictObject({ stream: z.string(), failed: z.number(), devices: z.number() }).optional(),
  aborts: z.boolean(),
});
export type AbortEvidence = z.infer<typeof AbortEvidence>;

/** The devices that failed, and the plan that they failed under. */
export interface FailuresOfRollout extends AbortPlan {
  /** Places in exposure order, from 1, in any order; a device that failed twice counts once. */
  readonly failedRanks: readonly number[];
  /** Ranks handed out when waves 2, 3, ... began, as far as they have begun. */
  readonly waveStarts: readonly number[];
  /** The stratum of a rank, where streams tell strata apart. */
  readonly stratumOf?: (rank: number) => string | undefined;
}

/**
 * The evidence for an abort, from the failures that are known: what the judge says once it has been told of them all. It follows
 * from the failures alone: looking twice, or in another order, changes nothing.
 */
export function abortEvidence(rollout: FailuresOfRollout): AbortEvidence {
  const { failedRanks, waveStarts, stratumOf } = rollout;
  const judge = new AbortJudge(rollout);
  const failed = [...new Set(failedRanks)].sort((one, other) => one - other);
  const begins = [0, ...waveStarts].sort((one, other) => one - other);
  const beginUpTo = (exposed: number) => {
    while ((begins[0] ?? Infinity) <= exposed) {
      begins.shift();
      judge.beginWave();
    }
  };
  let exposed = 0;
  for (const rank of failed) {
    for (; exposed < rank; exposed = judge.expose(stratumOf?.(exposed + 1))) beginUpTo(exposed);
    judge.fail(rank);
  }
  const { threshold, score } = judge;
  return { ...score, threshold, aborts: score.evidence >= threshold };
}
