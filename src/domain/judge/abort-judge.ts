import { countUpTo, insert } from './ascending.js';
import { evidenceFromLn, lnAbortEvidence, lnAbortEvidenceBound } from './evidence.js';
import { gridSpacing, restartWeights } from './restart-mixture.js';
import type { MixturePlan } from './restart-mixture.js';
import { StreamCount } from './stream.js';
import type { Counted, Stream } from './stream.js';

/** What is fixed before the first device starts. */
export interface AbortPlan extends MixturePlan {
  /** How probable it may be that a release within its limits is ever aborted. */
  readonly risk: number;
  readonly streams: readonly Stream[];
}

/** How strongly the failures so far say that the release fails more often than its limit. */
export interface AbortScore {
  /** The largest since the rollout began, where it is 1; 1 / evidence is the anytime p-value. */
  readonly evidence: number;
  /** The devices, in exposure order, that say so; none while the evidence is still the 1 it began with. */
  readonly at: { readonly failed: number; readonly exposed: number };
  /** The stream that says it loudest, and what it has counted among these devices. */
  readonly by?: { readonly stream: string } & Counted;
}

/** One device that breaks says little, and under a limit of 1 % it would abort alone. */
export const fewestFailures = 2;

/** Older restarts of the grid count 0, which only lowers the evidence; none is that old below 10,050 devices. */
const mostOfGrid = 200;

/** Prefixes that are looked at for one failure; leaving some out only lowers the evidence. */
const mostPrefixes = 64;

/** A part of the mixture that can't come to more than this counts 0. */
const negligible = 1e-14;

type Score = (failed: number, devices: number, limit: number) => number;
const atMost: Score = (k, n, limit) => evidenceFromLn(lnAbortEvidenceBound(k, n, limit));
const exactly: Score = (k, n, limit) =>
  atMost(k, n, limit) < negligible ? 0 : evidenceFromLn(lnAbortEvidence(k, n, limit));

/** A restart that has begun, with what each stream had counted before it. */
interface Term {
  readonly after: number;
  readonly weight: number;
  readonly isOfGrid: boolean;
  readonly before: { failed: number; readonly devices: number }[];
}

const nothing: Counted = { failed: 0, devices: 0 };
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * The judge of one rollout, told what happens as it happens. Evidence is the average over streams and restarts of the likelihood
 * ratio against the limit, at one common prefix of the exposure order, and the largest over all prefixes: every other device
 * counts as a success, also one that has yet to answer. So the evidence never exceeds what it will be once all have answered,
 * however much faster failures answer than successes, and devices that started later don't hide a failure. Only a failure can
 * raise it, and only at prefixes that end with a failure at its rank or later: all else costs nothing. Two caps bound what a
 * failure costs, whatever the number of devices; both only lower the evidence.
 */
export class AbortJudge {
  /** What the evidence has to reach. */
  readonly threshold: number;
  readonly #streams: readonly Stream[];
  readonly #counts: readonly StreamCount[];
  readonly #weights: ReturnType<typeof restartWeights>;
  readonly #failed: number[] = [];
  /** Those that have begun, in the order in which they did. */
  readonly #terms: Term[] = [];
  /** Of terms that the cap has dropped. */
  #lostWeight = 0;
  #exposed = 0;
  #waves = 0;
  #gridBegun = 0;
  #most: AbortScore = { evidence: 1, at: { failed: 0, exposed: 0 } };

  constructor(plan: AbortPlan) {
    this.threshold = 1 / plan.risk;
    this.#streams = plan.streams;
    this.#counts = plan.streams.map((stream) => new StreamCount(stream));
    this.#weights = restartWeights(plan);
    this.#restart(this.#weights.first);
  }

  /** The evidence as it stands. */
  get score(): AbortScore {
    return this.#most;
  }

  /** A wave begins. One beyond the planned number has no weight left. */
  beginWave(): void {
    this.#waves += 1;
    const { laterWaves, wave } = this.#weights;
    if (this.#waves > 1 && this.#waves <= laterWaves + 1) this.#restart(wave);
  }

  /** A device starts. Answers its rank: 1, 2, 3, ... */
  expose(stratum?: string): number {
    this.#exposed += 1;
    for (const count of this.#counts) count.expose(this.#exposed, stratum);
    const { gridSize, grid } = this.#weights;
    if (this.#exposed % gridSpacing === 0 && this.#gridBegun < gridSize) {
      this.#gridBegun += 1;
      this.#restart(grid, true);
      if (this.#gridBegun > mostOfGrid) this.#dropOldest();
    }
    return this.#exposed;
  }

  /** The device of a rank failed, by whichever signal: also late, and in any order. Answers the evidence after it. */
  fail(rank: number, signal?: string): AbortScore {
    const isCounted = this.#counts.map((count) => count.fail(rank, signal));
    if (!isCounted.includes(true)) return this.#most;
    for (const { after, before } of this.#terms)
      if (after >= rank)
        before.forEach((stream, i) => {
          if (isCounted[i]) stream.failed += 1;
        });
    insert(this.#failed, rank);
    this.#lookFrom(countUpTo(this.#failed, rank) - 1);
    return this.#most;
  }

  #restart(weight: number, isOfGrid = false): void {
    const after = this.#exposed;
    const before = this.#counts.map((count) => count.upTo(after));
    this.#terms.push({ after, weight, isOfGrid, before });
  }

  #dropOldest(): void {
    const oldest = this.#terms.findIndex(({ isOfGrid }) => isOfGrid);
    for (const { weight } of this.#terms.splice(oldest, 1)) this.#lostWeight += weight;
  }

  /** Looks at the prefixes that end with a failure, beginning with this one of the failures. */
  #lookFrom(first: number): void {
    const end = Math.min(this.#failed.length, first + mostPrefixes);
    for (let i = Math.max(first, fewestFailures - 1); i < end; i += 1) {
      const exposed = this.#failed[i] ?? 0;
      if (sum(this.#scores(exposed, atMost)) <= this.#most.evidence) continue;
      const scores = this.#scores(exposed, exactly);
      const evidence = sum(scores);
      if (evidence <= this.#most.evidence) continue;
      const loudest = scores.indexOf(Math.max(...scores));
      const stream = this.#streams[loudest]?.name ?? '';
      const counted = this.#counts[loudest]?.upTo(exposed) ?? nothing;
      const by = { stream, ...counted };
      this.#most = { evidence, at: { failed: i + 1, exposed }, by };
    }
  }

  /** What each stream adds to the evidence of a prefix. A restart that is yet to come counts 1. */
  #scores(exposed: number, score: Score): number[] {
    return this.#streams.map(({ weight: share, limit }, stream) => {
      const { failed, devices } = this.#counts[stream]?.upTo(exposed) ?? nothing;
      let mixture = 1 - this.#lostWeight;
      for (const { after, weight, before } of this.#terms) {
        if (after >= exposed) break;
        const past = before[stream] ?? nothing;
        mixture += weight * (score(failed - past.failed, devices - past.devices, limit) - 1);
      }
      return share * mixture;
    });
  }
}
