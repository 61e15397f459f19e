/** A part of all that may happen: how probable it is, and how many failures are to be expected in it, times that chance. */
export interface Part {
  readonly chance: number;
  readonly failures: number;
}

/** Chances below this at either end of the walk are left out: over 1e6 devices they come to less than 1e-11. */
const negligible = 1e-18;

/**
 * How many devices have failed after the first n, each failing with the same probability on its own: every number with its
 * chance, exactly, one device after the other. Parts can be taken out on the way, by the number of failures. It keeps only the
 * numbers whose chances aren't negligible, of which there are about 20 √n at most.
 */
export class FailureWalk {
  readonly #rate: number;
  /** The chance of `#fewest` failures, `#fewest` + 1, ... */
  #chances = [1];
  #fewest = 0;

  constructor(failureRate: number) {
    this.#rate = failureRate;
  }

  /** All that hasn't been taken out. */
  get left(): Part {
    return this.#partOf(0, this.#chances.length);
  }

  /** One more device answers. */
  step(): void {
    const chances = this.#chances;
    chances.push(0);
    for (let i = chances.length - 1; i >= 0; i -= 1)
      chances[i] = (chances[i] ?? 0) * (1 - this.#rate) + (chances[i - 1] ?? 0) * this.#rate;
    while ((chances.at(-1) ?? 1) < negligible) chances.pop();
    const first = chances.findIndex((chance) => chance >= negligible);
    if (first > 0) {
      chances.splice(0, first);
      this.#fewest += first;
    }
  }

  /** Takes out whatever has at least so many failures. */
  takeFrom(failed: number): Part {
    const from = Math.min(Math.max(0, failed - this.#fewest), this.#chances.length);
    const part = this.#partOf(from, this.#chances.length);
    this.#chances.length = from;
    return part;
  }

  /** Takes out whatever has at most so many failures. */
  takeUpTo(failed: number): Part {
    const to = Math.min(Math.max(0, failed + 1 - this.#fewest), this.#chances.length);
    const part = this.#partOf(0, to);
    this.#chances.splice(0, to);
    this.#fewest += to;
    return part;
  }

  #partOf(from: number, to: number): Part {
    let chance = 0;
    let failures = 0;
    for (let i = from; i < to; i += 1) {
      const here = this.#chances[i] ?? 0;
      chance += here;
      failures += here * (this.#fewest + i);
    }
    return { chance, failures };
  }
}
