import * as z from 'zod';
import { AbortEvidence, abortEvidence } from './judge/abort-evidence.js';
import { comparisonEvidence } from './judge/comparison.js';
import { Signal, signals, signalShares } from './judge/signals.js';
import { fleetByPlatform } from './judge/stream.js';
import { platformsInOrder } from './platform-order.js';
import type { PlatformCount } from './platform-order.js';
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
  readonly platforms: readonly PlatformCount[];
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

type PlatformAt = ReturnType<typeof platformsInOrder>;

function evidenceOf(
  { file, evidence, ranked, waves, platforms }: Judged,
  signal: Signal,
  platformAt: PlatformAt,
): SignalEvidence {
  const { maxFailurePercent, falseAbortRisk } = file.strategy.health;
  const names = platforms.map(({ platform }) => platform);
  const evidenceBy = (failed: readonly number[]) =>
    abortEvidence({
      failedRanks: failed.map((rank) => rank + 1),
      waveStarts: evidence.waveStarts,
      planned: ranked,
      waves: waves.length,
      streams: fleetByPlatform(maxFailurePercent / 100, names),
      stratumOf: (rank) => platformAt(rank - 1),
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
  const strongest = signalEvidence(judged).at(0);
  return strongest ?? evidenceOf(judged, 'deployment', platformsInOrder(judged.platforms));
}

/**
 * The evidence of every signal, the strongest by its threshold first. What failed while there were controls enough has to be more
 * than the limit allows *and* more than befell the controls; what failed later only the former. Of a release within its limit
 * neither is more likely to abort than the limit alone; of one that fares no worse than the controls the comparison isn't.
 */
export function signalEvidence(judged: Judged): SignalEvidence[] {
  const platformAt = platformsInOrder(judged.platforms);
  return signals
    .map((signal) => evidenceOf(judged, signal, platformAt))
    .toSorted((one, other) => other.evidence / other.threshold - one.evidence / one.threshold);
}

/** The same judged with other ranks failed by a signal. */
const withFailed = (judged: Judged, signal: Signal, failed: readonly number[]): Judged => ({
  ...judged,
  evidence: {
    ...judged.evidence,
    failedRanks: { ...judged.evidence.failedRanks, [signal]: [...failed] },
  },
});

/** The evidence of a signal if its last failure hadn't been. */
export const withOneFewer = (judged: Judged, signal: Signal): SignalEvidence =>
  evidenceOf(
    withFailed(judged, signal, judged.evidence.failedRanks[signal].slice(0, -1)),
    signal,
    platformsInOrder(judged.platforms),
  );

/** How many more failures, and among how many devices, are looked for. */
const mostFailures = 9;
const mostDevices = 50;

/**
 * How few more failures of a signal abort, among how many of the next devices to start; where none is left, whichever of those
 * that have started they are. Undefined where so few aren't enough, or the controls have a say. They may be of any platform, so that
 * they count for none.
 */
export function failuresToAbort(
  judged: Judged & { readonly admitted: number },
  { signal, beside, aborts }: SignalEvidence,
): { failures: number; among: number | undefined } | undefined {
  if (beside || aborts) return undefined;
  const failed = judged.evidence.failedRanks[signal];
  const known = new Set(failed);
  const next = judged.ranked - judged.admitted;
  const started = Array.from({ length: judged.admitted }, (_, rank) => rank)
    .filter((rank) => !known.has(rank))
    .slice(-mostFailures);
  const platformAt = platformsInOrder(judged.platforms);
  const abortsWith = (more: readonly number[]) =>
    evidenceOf(withFailed(judged, signal, [...failed, ...more]), signal, (rank) =>
      more.includes(rank) ? undefined : platformAt(rank),
    ).aborts;
  /** The last of so many devices that come next. */
  const lastOf = (devices: number, failures: number) =>
    Array.from({ length: failures }, (_, i) => judged.admitted + devices - 1 - i);
  for (let failures = 1; failures <= mostFailures; failures += 1) {
    if (next === 0) {
      if (started.length < failures) return undefined;
      if (abortsWith(started.slice(-failures))) return { failures, among: undefined };
    } else if (failures <= next && abortsWith(lastOf(failures, failures))) {
      let [among, tooMany] = [failures, Math.min(next, mostDevices) + 1];
      while (tooMany - among > 1) {
        const middle = Math.floor((among + tooMany) / 2);
        if (abortsWith(lastOf(middle, failures))) among = middle;
        else tooMany = middle;
      }
      return { failures, among };
    }
  }
  return undefined;
}
