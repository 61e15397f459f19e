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
    if (chances.length === 0) return;
    chances.push(0);
    const [good, bad] = [1 - this.#rate, this.#rate];
    let before = 0;
    for (let i = 0; i < chances.length; i += 1) {
      const here = chances[i] ?? 0;
      chances[i] = here * good + before * bad;
      before = here;
    }
    while ((chances.at(-1) ?? 1) < negligible) chances.pop();
    this.#dropFirst();
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

  /** Takes out whatever has more than so many failures, to go on by itself. */
  splitAfter(failed: number): FailureWalk {
    const from = Math.min(Math.max(0, failed + 1 - this.#fewest), this.#chances.length);
    const rest = new FailureWalk(this.#rate);
    rest.#fewest = this.#fewest + from;
    rest.#chances = this.#chances.splice(from);
    return rest;
  }

  /** Takes in all of another walk that has come as far, and failed as often. */
  join(other: FailureWalk): void {
    const fewest = Math.min(this.#fewest, other.#fewest);
    const most = Math.max(
      this.#fewest + this.#chances.length,
      other.#fewest + other.#chances.length,
    );
    this.#chances = Array.from(
      { length: most - fewest },
      (_, i) => this.#chanceOf(fewest + i) + other.#chanceOf(fewest + i),
    );
    this.#fewest = fewest;
  }

  #dropFirst(): void {
    let first = 0;
    while ((this.#chances[first] ?? 1) < negligible) first += 1;
    if (first === 0) return;
    this.#chances.splice(0, first);
    this.#fewest += first;
  }

  #chanceOf(failed: number): number {
    return this.#chances[failed - this.#fewest] ?? 0;
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
