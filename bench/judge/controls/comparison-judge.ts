import { evidenceFromLn } from '../../../src/domain/judge/evidence.js';
import { closestTolerated, lnBlockEvidence } from './two-sample.js';
import type { Block, Tolerance } from './two-sample.js';

/** How strongly blocks say that canaries fail more often than what is tolerated beside their controls. */
export interface ComparisonScore {
  /** The largest since the rollout began, where it is 1. */
  readonly evidence: number;
  /** The blocks, in exposure order, that say so. */
  readonly at: {
    readonly failed: number;
    readonly canaries: number;
    readonly controlsFailed: number;
    readonly controls: number;
  };
}

/** What controls are taken to be before the first of them: 20 with a failure rate of 2 %. */
const controlsBefore = 20;
const rateBefore = 0.02;

/** Guesses of the canaries' failure rate, evenly spaced in log-odds from what is tolerated up to 95 %. */
const guesses = 8;
const highestGuess = 0.95;

const logit = (rate: number) => Math.log(rate / (1 - rate));
const rateOf = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

/**
 * Compares canaries with controls, block by block: needed where the usual failure rate isn't known or changes, for what happens to
 * the whole fleet happens to both. It is told of blocks in exposure order, each once it is over; a block without controls says
 * nothing. While a canary's failure rate is within the tolerance of its own controls' rate, whatever that is, each block
 * multiplies the score by 1 in expectation at most (Turner, Ly and Grünwald, 2024), so that it ever reaches 1/alpha with a
 * probability of at most alpha (Ville, 1939). Only blocks before it go into the guess for a block.
 */
export class ComparisonJudge {
  readonly #tolerance: Tolerance;
  readonly #lnScores: number[] = Array.from({ length: guesses }, () => 0);
  #seen = { failed: 0, canaries: 0, controlsFailed: 0, controls: 0 };
  #most: ComparisonScore = { evidence: 1, at: this.#seen };

  constructor(tolerance: Tolerance) {
    this.#tolerance = tolerance;
  }

  /** The evidence as it stands. */
  get score(): ComparisonScore {
    return this.#most;
  }

  /** The next block is over. Answers the evidence after it. */
  add(block: Block): ComparisonScore {
    if (block.controls > 0) this.#weigh(block);
    const { failed, canaries, controlsFailed, controls } = this.#seen;
    this.#seen = {
      failed: failed + Number(block.hasFailed),
      canaries: canaries + 1,
      controlsFailed: controlsFailed + block.controlsFailed,
      controls: controls + block.controls,
    };
    const evidence =
      this.#lnScores.reduce((sum, ln) => sum + evidenceFromLn(ln), 0) / this.#lnScores.length;
    if (evidence > this.#most.evidence) this.#most = { evidence, at: this.#seen };
    return this.#most;
  }

  #weigh(block: Block): void {
    const { ratio, difference } = this.#tolerance;
    const { controlsFailed, controls } = this.#seen;
    const control = (controlsBefore * rateBefore + controlsFailed) / (controlsBefore + controls);
    const lowest = logit(Math.min(0.9, Math.max(1e-6, ratio * control + difference)));
    const step = (logit(highestGuess) - lowest) / guesses;
    this.#lnScores.forEach((ln, i) => {
      const guess = { control, canary: rateOf(lowest + (i + 1) * step) };
      const closest = closestTolerated(guess, block.controls, this.#tolerance);
      if (closest) this.#lnScores[i] = ln + lnBlockEvidence(block, guess, closest);
    });
  }
}
