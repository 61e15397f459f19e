import type { Clock } from './clock.js';
import type { Cloud } from './cloud.js';
import { greengrassRates, iotDataRates, iotRates, type RequestRates } from './request-rates.js';

/** Counts requests against the rates that an account has. */
export interface Quotas {
  /** Takes a request in, or answers after how many seconds to ask again. */
  refuse(service: 'Greengrass' | 'IoT' | 'IoTData', operation: string): number | undefined;
}

/** Assumed: a token bucket that holds what a second brings, which is how AWS throttles elsewhere. */
class TokenBucket {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #perSecond: number;
  #tokens: number;
  #at: number;

  constructor(clock: Pick<Clock, 'now'>, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#at = clock.now();
  }

  /** Takes a token, or answers in how many seconds the next is there. */
  take(): number | undefined {
    const now = this.#clock.now();
    const grown = this.#tokens + ((now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#perSecond, grown);
    this.#at = now;
    if (this.#tokens < 1) return (1 - this.#tokens) / this.#perSecond;
    this.#tokens -= 1;
    return undefined;
  }
}

/** The quotas of one account and Region, on the emulator's own time: while it stands still, nothing refills. */
export function createQuotas({ clock, region }: Pick<Cloud, 'clock' | 'region'>): Quotas {
  const rates = { Greengrass: greengrassRates(region), IoT: iotRates, IoTData: iotDataRates };
  const buckets = new Map<string, TokenBucket>();
  const bucket = (name: string, perSecond: number) => {
    const found = buckets.get(name) ?? new TokenBucket(clock, perSecond);
    buckets.set(name, found);
    return found;
  };
  return {
    refuse(service, operation) {
      const { together, each }: RequestRates = rates[service];
      const own = each[operation];
      if (own !== undefined) return bucket(`${service}.${operation}`, own).take();
      return together === Infinity ? undefined : bucket(service, together).take();
    },
  };
}
