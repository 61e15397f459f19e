import { FailureWalk } from './judge/failure-walk.js';
import { MixtureBoundary } from './judge/mixture-boundary.js';
import type { LaterStart } from './judge/mixture-boundary.js';
import { signalShares } from './judge/signals.js';
import { wholeShare } from './judge/stream.js';
import type { Strategy } from './rollout-file.js';
import { nextExtension, percentDown, waveSize } from './wave.js';
import type { Wave } from './wave.js';

/** What becomes of a release with this failure rate, from the first device to the end of a wave. */
export interface Prospect {
  readonly failureRate: number;
  /** The chance that it gets past this wave, and all before it, without a person's doing. */
  readonly passes: number;
  /** That it has been aborted by then. */
  readonly aborts: number;
  /** That it has been held by then: neither passed nor aborted, a person or `onHold` decides. */
  readonly holds: number;
  /** How many devices have been given it when it is aborted, on average, those in flight included; undefined where it never is. */
  readonly devicesHit: number | undefined;
}

/** What a wave can tell of a release. */
export interface WavePower {
  readonly wave: string;
  readonly devices: number;
  /** A release that fails less often gets past this wave with more than `missed`; undefined where no failure rate is stopped. */
  readonly showsFrom: number | undefined;
  readonly prospects: readonly Prospect[];
}

/** The failure rates that a plan shows. */
export const shownRates: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5];

/** A wave shows a failure rate if a release that has it gets past in one case of 20 at most. */
export const missed = 0.05;

/** Devices beyond which no wave is computed: a plan is to take seconds, and what 20,000 devices don't show no wave does. */
export const mostComputed = 20_000;

/** What is left isn't worth going on for. */
const over = 1e-13;

type Judged = Pick<Strategy, 'health' | 'maxInFlight'>;

/** The devices that a strategy is for. */
export interface Fleet {
  readonly waves: readonly Wave[];
  /** How many platforms they have. */
  readonly platforms: number;
}

/** How many failures abort, by the number of devices, in a wave and in the extension of the one before it. */
interface Limits {
  readonly inWave: readonly number[];
  readonly inExtension: readonly number[];
}

/** Where the extensions of a wave end, up to the size of the next one; none where it holds at its own end. */
function extensionEnds(waves: readonly Wave[], wave: number): number[] {
  const ends: number[] = [];
  for (let extendedBy = 0; ;) {
    const more = nextExtension({ waves, wave, extendedBy });
    if (more === 0) return ends;
    extendedBy += more;
    ends.push(waveSize({ waves, wave, extendedBy }));
  }
}

/** The starts of later waves: of a release that has got there, no more than the limit have failed. */
const startsOf = (waves: readonly Wave[], percent: number): LaterStart[] =>
  waves.slice(0, -1).map(({ size }, wave) => ({
    after: size,
    mostFailed: percentDown(percent, extensionEnds(waves, wave).at(-1) ?? size),
  }));

function limitsOf({ health }: Judged, { waves, platforms }: Fleet): Limits {
  const { maxFailurePercent: percent, falseAbortRisk } = health;
  const planned = waves.at(-1)?.size ?? 0;
  const computed = waves.findLast(({ size }) => size <= mostComputed)?.size ?? 0;
  const starts = startsOf(waves, percent);
  const test = {
    planned,
    waves: waves.length,
    limit: percent / 100,
    // What failures of one platform add to it is left out: nobody knows how many of them it will be.
    threshold: 1 / (falseAbortRisk * signalShares.deployment * wholeShare(platforms)),
  };
  const inWave = new MixtureBoundary(test, starts);
  const devices = Array.from({ length: computed }, (_, i) => i + 1);
  const inExtension = waves.flatMap(({ size }, wave) => {
    const before = waves[wave - 1]?.size ?? 0;
    const boundary = new MixtureBoundary(test, starts.slice(0, Math.max(0, wave - 1)));
    return devices.slice(before, size).map((n) => boundary.at(n));
  });
  return { inWave: devices.map((n) => inWave.at(n)), inExtension };
}

/** What becomes of a release in its waves, each of which it enters with whoever has got past the one before. */
class Prospects {
  readonly failureRate: number;
  readonly #waves: readonly Wave[];
  readonly #strategy: Judged;
  readonly #limits: Limits;
  #passed: FailureWalk;
  #extending: FailureWalk;
  #aborts = 0;
  #holds = 0;
  #hit = 0;

  constructor(strategy: Judged, waves: readonly Wave[], limits: Limits, failureRate: number) {
    this.failureRate = failureRate;
    this.#strategy = strategy;
    this.#waves = waves;
    this.#limits = limits;
    this.#passed = new FailureWalk(failureRate);
    this.#extending = this.#passed.splitAfter(0);
  }

  /** To the end of the next wave. */
  enter(wave: number): Prospect {
    const size = this.#waves[wave]?.size ?? 0;
    const before = this.#waves[wave - 1]?.size ?? 0;
    const ends = wave === 0 ? [] : extensionEnds(this.#waves, wave - 1);
    for (let n = before + 1; n <= size && this.#isOpen(); n += 1) {
      this.#passed.step();
      this.#extending.step();
      this.#abort(this.#passed, this.#limits.inWave[n - 1], n, size);
      const end = ends.find((at) => at >= n) ?? size;
      this.#abort(this.#extending, this.#limits.inExtension[n - 1], n, end);
      if (n === end) this.#endExtension(n);
    }
    this.#holds += this.#extending.left.chance;
    this.#extending = this.#passed.splitAfter(this.#mayFail(size));
    if (extensionEnds(this.#waves, wave).length === 0) {
      this.#holds += this.#extending.left.chance;
      this.#extending = this.#passed.splitAfter(Infinity);
    }
    return {
      failureRate: this.failureRate,
      passes: this.#passed.left.chance,
      aborts: this.#aborts,
      holds: this.#holds,
      devicesHit: this.#aborts > 0 ? this.#hit / this.#aborts : undefined,
    };
  }

  /** Whether what is neither aborted nor held is worth going on for. */
  #isOpen(): boolean {
    return 1 - this.#aborts - this.#holds > over;
  }

  #mayFail(devices: number): number {
    return percentDown(this.#strategy.health.maxFailurePercent, devices);
  }

  #abort(walk: FailureWalk, failed: number | undefined, n: number, end: number): void {
    const { chance } = walk.takeFrom(failed ?? Infinity);
    this.#aborts += chance;
    // Whoever was in flight when the last failure was reported has it as well.
    this.#hit += chance * Math.min(end, n - 1 + this.#strategy.maxInFlight);
  }

  #endExtension(n: number): void {
    const rest = this.#extending.splitAfter(this.#mayFail(n));
    this.#passed.join(this.#extending);
    this.#extending = rest;
  }
}

/** How far off, as a share of it, a failure rate that is searched for may be. */
const precision = 0.01;

/** From which failure rate on a release gets past these waves in one case of 20 at most; it is `most`, or less. */
function showsFrom(passes: (failureRate: number) => number, most: number): number | undefined {
  if (most === 1 && passes(1) > missed) return undefined;
  let [low, high] = [0, most];
  while (high - low > precision * high) {
    const middle = (low + high) / 2;
    if (passes(middle) > missed) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * What the waves of a plan would make of releases that fail on the shown shares of the devices, by the chances of all numbers of
 * failures, device by device: nothing is drawn at random. All devices are taken to be reached and to answer in the order of
 * admission. Up to the second wave or the 50th device of a single platform it is exact; after that a bad release gets on at most as
 * shown, and hits at most as many devices, for the judge may abort sooner. Waves of more than `mostComputed` devices are left out.
 */
export function strategyPower(strategy: Judged, fleet: Fleet): WavePower[] {
  const { waves } = fleet;
  const limits = limitsOf(strategy, fleet);
  const shown = shownRates.map((rate) => new Prospects(strategy, waves, limits, rate));
  const passes = (rate: number, wave: number) => {
    const release = new Prospects(strategy, waves, limits, rate);
    return waves.slice(0, wave + 1).reduce((_, __, i) => release.enter(i).passes, 1);
  };
  let from: number | undefined = 1;
  const computed = waves.filter(({ size }) => size <= mostComputed);
  return computed.map(({ name, size }, wave) => {
    from = showsFrom((rate) => passes(rate, wave), from ?? 1);
    const prospects = shown.map((release) => release.enter(wave));
    return { wave: name, devices: size, showsFrom: from, prospects };
  });
}
