import { fewestFailures } from './abort-judge.js';
import { lnAbortEvidence } from './evidence.js';
import { gridSpacing, restartWeights } from './restart-mixture.js';
import type { MixturePlan } from './restart-mixture.js';

/** The start of a later wave, as far as it is known beforehand. */
export interface LaterStart {
  readonly after: number;
  /** How many of the devices before it have failed at most. */
  readonly mostFailed: number;
}

/** The test that a plan fixes. */
export interface MixtureTest extends MixturePlan {
  readonly limit: number;
  readonly threshold: number;
}

/** Devices that are looked ahead to. */
const farthest = 16;

/**
 * How few failures abort for sure among the first n devices, wherever among them they are: what the restarts that have begun
 * add is counted as if as many as possible had failed before them, and the grid as if it added nothing. So it is exact up to
 * the second wave or the 50th device, and after that the judge may abort with fewer, never with more.
 */
export class MixtureBoundary {
  readonly #test: MixtureTest;
  readonly #weights: ReturnType<typeof restartWeights>;
  readonly #starts: readonly LaterStart[];
  #failed = fewestFailures;
  /** Evidence falls with every success, so that what aborts among more devices aborts among fewer. */
  #sameUntil = 0;

  constructor(test: MixtureTest, starts: readonly LaterStart[]) {
    this.#test = test;
    this.#weights = restartWeights(test);
    this.#starts = starts;
  }

  /** For n that never decreases from call to call; n + 1 where even n failures of n don't abort. */
  at(devices: number): number {
    if (devices > this.#sameUntil) this.#search(devices);
    return Math.min(this.#failed, devices + 1);
  }

  #search(devices: number): void {
    const aborts = (failed: number, n = devices) => this.#least(failed, n) >= this.#test.threshold;
    while (this.#failed <= devices && !aborts(this.#failed)) this.#failed += 1;
    // What has just begun anew may abort with fewer failures than before it.
    const isNew = this.#starts.some(
      ({ after }) => after < devices + farthest && devices - after <= this.#failed,
    );
    while (isNew && this.#failed > fewestFailures && aborts(Math.min(this.#failed - 1, devices)))
      this.#failed -= 1;
    this.#sameUntil = devices;
    for (let step = farthest; !isNew && step > 0 && this.#failed <= devices; step >>= 1)
      if (aborts(this.#failed, this.#sameUntil + step)) this.#sameUntil += step;
  }

  #evidence(failed: number, devices: number): number {
    return Math.exp(Math.min(600, lnAbortEvidence(failed, devices, this.#test.limit)));
  }

  /** The least evidence of so many failures among the first devices. A restart that is yet to come counts 1. */
  #least(failed: number, devices: number): number {
    const { first, wave, laterWaves, grid, gridSize } = this.#weights;
    const begun = this.#starts.filter(({ after }) => after < devices);
    const gridBegun = Math.min(gridSize, Math.ceil(devices / gridSpacing) - 1);
    const ofWaves = begun.reduce(
      (sum, { after, mostFailed }) => {
        const since = Math.min(Math.max(0, failed - mostFailed), devices - after);
        return sum + wave * this.#evidence(since, devices - after);
      },
      wave * (laterWaves - begun.length),
    );
    return first * this.#evidence(failed, devices) + ofWaves + grid * (gridSize - gridBegun);
  }
}
