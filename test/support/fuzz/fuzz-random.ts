import { createRandom } from '../../../emulator/control-plane/identifiers.js';

/** Chance of one request: the same for the same seed and index, whatever came before. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number, index: number) {
    this.#next = createRandom(Math.imul(seed + 1, 2_654_435_761) ^ Math.imul(index + 1, 40_503));
    this.#next();
  }

  /** Whether something of this share happens. */
  is(share: number): boolean {
    return this.#next() < share;
  }

  /** A whole number below a bound. */
  below(bound: number): number {
    return Math.floor(this.#next() * bound);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}
