import { countUpTo, insert } from './ascending.js';

/** A part of the evidence that counts for itself: the failures of one signal, or the devices of one stratum. */
export interface Stream {
  readonly name: string;
  /** Its share of the evidence; the shares of all streams add up to 1 and are fixed before the rollout. */
  readonly weight: number;
  /** The failure rate that is tolerated, from 0 to 1. */
  readonly limit: number;
  /** Counts only failures of this signal; without, all. */
  readonly signal?: string;
  /** Counts only devices of this stratum, a platform for example; without, all. */
  readonly stratum?: string;
}

/** Failures among devices. */
export interface Counted {
  readonly failed: number;
  readonly devices: number;
}

/** What one stream has counted, at every rank so far: a number per failure, and one per device of a stratum. */
export class StreamCount {
  readonly #stream: Stream;
  readonly #failed: number[] = [];
  readonly #members: number[] = [];

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  expose(rank: number, stratum: string | undefined): void {
    if (this.#stream.stratum !== undefined && this.#stream.stratum === stratum)
      this.#members.push(rank);
  }

  /** False where it is none of this stream's failures, or is known. */
  fail(rank: number, signal: string | undefined): boolean {
    const { signal: own, stratum } = this.#stream;
    if (own !== undefined && own !== signal) return false;
    const isMember = this.#members[countUpTo(this.#members, rank) - 1] === rank;
    return (stratum === undefined || isMember) && insert(this.#failed, rank);
  }

  /** Of the devices up to a rank. */
  upTo(rank: number): Counted {
    const isOfAll = this.#stream.stratum === undefined;
    return {
      failed: countUpTo(this.#failed, rank),
      devices: isOfAll ? rank : countUpTo(this.#members, rank),
    };
  }
}

/** The stream of all devices. */
export const allDevices = 'all';

/**
 * What counts by platform, shared equally, where there is more than one. So little costs a fault of the whole fleet nothing, for what
 * fails counts in both; a fault of one platform, which most devices hide, only needs three or four failures more there.
 */
const platformsShare = 0.1;

/** How much counts for all devices together, of so many platforms. */
export const wholeShare = (platforms: number): number => (platforms > 1 ? 1 - platformsShare : 1);

/** A stream for all devices, and one for each platform where there are several. */
export const fleetByPlatform = (limit: number, platforms: readonly string[]): Stream[] => {
  const whole = wholeShare(platforms.length);
  const weight = (1 - whole) / platforms.length;
  return [
    { name: allDevices, weight: whole, limit },
    ...(whole < 1
      ? platforms.map((platform) => ({ name: platform, stratum: platform, weight, limit }))
      : []),
  ];
};
