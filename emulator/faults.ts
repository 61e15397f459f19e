import * as z from 'zod';
import { createRandom } from './control-plane/identifiers.js';
import type { FleetSpec } from './fleet-file.js';

/** What goes wrong with one request. */
export type Fault =
  | 'throttle'
  | 'serverError'
  /** It is refused as by a policy of IAM. */
  | 'accessDenied'
  /** The connection is reset before anything is done. */
  | 'reset'
  /** The connection is reset once all is done. */
  | 'lostAnswer'
  /** It is done at once and answered so many seconds of real time later. */
  | { readonly slowSeconds: number };

const fault = {
  error: 'throttle, serverError, accessDenied, reset, lostAnswer or { slowSeconds } above 0',
};
const aboveZero = { error: 'a number above 0' };
const times = { error: 'a whole number above 0' };

/** A fault as somebody writes it. */
export const AnyFault: z.ZodType<Fault> = z.union(
  [
    z.enum(['throttle', 'serverError', 'accessDenied', 'reset', 'lostAnswer']),
    z.strictObject({ slowSeconds: z.number(aboveZero).positive(aboveZero) }),
  ],
  fault,
);

/** For how many requests. */
export const Times = z.int(times).positive(times);

/** Decides which requests meet a fault. Operations are named as in `inspect.calls()`: `Greengrass.GetDeployment`. */
export interface Faults {
  /** What happens to the request that has come in: what was put there for it, else by chance. */
  next(operation: string): Fault | undefined;
  /** The next requests to the operation meet this fault, behind those that wait there already. */
  add(operation: string, fault: Fault, times: number): void;
}

type Shares = Omit<FleetSpec['faults'], 'events' | 'operations'>;

/** Answers the fault that a request draws; an operation's own share takes the place of the one for all. */
function drawFault(random: () => number, shares: Shares): Fault | undefined {
  const isHit = (share: number | undefined) => share !== undefined && share > 0 && random() < share;
  if (isHit(shares.reset)) return 'reset';
  if (isHit(shares.throttle)) return 'throttle';
  if (isHit(shares.serverError)) return 'serverError';
  if (isHit(shares.accessDenied)) return 'accessDenied';
  if (isHit(shares.lostAnswer)) return 'lostAnswer';
  return shares.slow && isHit(shares.slow.share) ? { slowSeconds: shares.slow.seconds } : undefined;
}

/** The faults of a fleet file, and those that are added while it runs; the same seed draws the same ones. */
export function createFaults(seed: number, spec: Omit<FleetSpec['faults'], 'events'>): Faults {
  const random = createRandom(seed);
  const added = new Map<string, Fault[]>();
  return {
    next(operation) {
      const [first, ...rest] = added.get(operation) ?? [];
      if (first === undefined) return drawFault(random, { ...spec, ...spec.operations[operation] });
      added.set(operation, rest);
      return first;
    },
    add(operation, fault, times) {
      const waiting = added.get(operation) ?? [];
      added.set(operation, [...waiting, ...Array.from({ length: times }, () => fault)]);
    },
  };
}
