import * as z from 'zod';
import { AbortEvidence, abortEvidence } from './judge/abort-evidence.js';
import { comparisonEvidence } from './judge/comparison.js';
import { Signal, signals, signalShares } from './judge/signals.js';
import { wholeFleet } from './judge/stream.js';
import type { Compared, RolloutEvidence } from './rollout-evidence.js';
import type { Health } from './rollout-file.js';

/** How many devices of each kind have failed beside each other. */
const Beside = z.strictObject({
  evidence: z.number(),
  canariesFailed: z.number(),
  canaries: z.number(),
  controlsFailed: z.number(),
  controls: z.number(),
});

/** How strongly one signal says that the release fails more often than its limit. */
export const SignalEvidence = AbortEvidence.extend({
  signal: Signal,
  /** The comparison with devices that have yet to get the release, where there was one. */
  beside: Beside.optional(),
});
export type SignalEvidence = z.infer<typeof SignalEvidence>;

/** What of a rollout its evidence follows from. */
export interface Judged {
  readonly file: { readonly strategy: { readonly health: Health } };
  readonly evidence: RolloutEvidence;
  readonly ranked: number;
  readonly waves: readonly unknown[];
}

/** Failures of canaries and controls in all, and how many of either there were in the end. */
function besideOf({ looks }: Compared): z.infer<typeof Beside> {
  const sum = (of: 'canariesFailed' | 'controlsFailed') =>
    looks.reduce((total, look) => total + look[of], 0);
  const last = looks.at(-1);
  return {
    evidence: comparisonEvidence(looks),
    canariesFailed: sum('canariesFailed'),
    canaries: last?.canaries ?? 0,
    controlsFailed: sum('controlsFailed'),
    controls: last?.controls ?? 0,
  };
}

function evidenceOf({ file, evidence, ranked, waves }: Judged, signal: Signal): SignalEvidence {
  const { maxFailurePercent, falseAbortRisk } = file.strategy.health;
  const evidenceBy = (failed: readonly number[]) =>
    abortEvidence({
      failedRanks: failed.map((rank) => rank + 1),
      waveStarts: evidence.waveStarts,
      planned: ranked,
      waves: waves.length,
      streams: wholeFleet(maxFailurePercent / 100),
      risk: falseAbortRisk * signalShares[signal],
    });
  const failed = evidence.failedRanks[signal];
  const all = evidenceBy(failed);
  const compared = signal === 'deployment' ? undefined : evidence.compared[signal];
  if (!compared || compared.looks.length === 0) return { ...all, signal };
  const isCompared = new Set(compared.ranks);
  const alone = evidenceBy(failed.filter((rank) => !isCompared.has(rank)));
  const beside = besideOf(compared);
  const together = Math.min(all.evidence, beside.evidence);
  const most = alone.evidence >= together ? alone : { ...all, evidence: together };
  return { ...most, aborts: most.evidence >= most.threshold, signal, beside };
}

/** The evidence of the signal that is closest to an abort, or has come furthest beyond it. */
export function strongestEvidence(judged: Judged): SignalEvidence {
  const [strongest = evidenceOf(judged, 'deployment')] = signalEvidence(judged);
  return strongest;
}

/**
 * The evidence of every signal, the strongest by its threshold first. What failed while there were controls enough has to be more
 * than the limit allows *and* more than befell the controls; what failed later only the former. Of a release within its limit
 * neither is more likely to abort than the limit alone; of one that fares no worse than the controls the comparison isn't.
 */
export const signalEvidence = (judged: Judged): SignalEvidence[] =>
  signals
    .map((signal) => evidenceOf(judged, signal))
    .toSorted((one, other) => other.evidence / other.threshold - one.evidence / one.threshold);
