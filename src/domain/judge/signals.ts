import * as z from 'zod';

/**
 * What a device may fail by: its deployment (FAILED, REJECTED, TIMED_OUT, which is also who is silent past the deadline), its
 * health (UNHEALTHY after it succeeded), or a component of the release that is BROKEN on it after it succeeded.
 */
export const Signal = z.enum(['deployment', 'health', 'component']);
export type Signal = z.infer<typeof Signal>;

export const signals = Signal.options;

/**
 * Of the risk of a false abort, the share of each signal: each aborts alone at 1 / (risk × share), and as the shares add up to
 * 1, all of them together stay within the risk, however they depend on each other.
 */
export const signalShares: Readonly<Record<Signal, number>> = {
  deployment: 0.5,
  health: 0.25,
  component: 0.25,
};
