import { allFailedRanks } from './rollout-evidence.js';
import type { Intent, Rollout } from './rollout.js';

type Failing = Pick<Rollout, 'evidence'>;

const failuresOf = ({ evidence }: Failing) => allFailedRanks(evidence).length;

/** A failing wave sends an event per device: they must not make a look of each. */
const LEAST_SECONDS_BETWEEN_LOOKS = 15;

/** Whether an event is new enough, by its own time, to end the wait that began at `lookAt`. Epoch milliseconds. */
export const isWorthALook = (lookAt: number, eventAt: number): boolean =>
  eventAt >= lookAt + LEAST_SECONDS_BETWEEN_LOOKS * 1000;

/** Failures come in groups, and the events of one group make one look only. */
const SOON_SECONDS = 30;

/** The seconds until the next look: soon after one that has found another failure, for its like may follow. */
export const untilNextLook = (before: Failing, after: Failing, lookSeconds: number): number =>
  failuresOf(after) > failuresOf(before) ? Math.min(lookSeconds, SOON_SECONDS) : lookSeconds;

const keyOf = ({ wants, at }: Intent) => `${wants}@${at}`;

/**
 * The intents that have not ended a wait yet, each by its key. One that comes while a look is at work finds no wait to end:
 * the next wait then ends at once, and once only.
 */
export const unheeded = (intents: readonly Intent[], heeded: readonly string[]): string[] =>
  intents.map(keyOf).filter((key) => !heeded.includes(key));
