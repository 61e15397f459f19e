import { lnAbortEvidence } from '../../../src/domain/judge/evidence.js';

/** A test for failures one after the other, with a single start. */
export interface PlainTest {
  /** The failure rate that is tolerated, from 0 to 1. */
  readonly limit: number;
  /** What the evidence has to reach. */
  readonly threshold: number;
  readonly fewestFailures: number;
}

/** How few failures abort among the first n devices: never fewer among more. */
export class AbortBoundary {
  readonly #test: PlainTest;
  readonly #lnThreshold: number;
  #failed: number;

  constructor(test: PlainTest) {
    this.#test = test;
    this.#lnThreshold = Math.log(test.threshold);
    this.#failed = test.fewestFailures;
  }

  /** For n that never decreases from call to call; n + 1 where even n failures of n don't abort. */
  at(devices: number): number {
    const { limit } = this.#test;
    while (
      this.#failed <= devices &&
      lnAbortEvidence(this.#failed, devices, limit) < this.#lnThreshold
    )
      this.#failed += 1;
    return Math.min(this.#failed, devices + 1);
  }
}
