import { lnAbortEvidence } from '../../../src/domain/judge/evidence.js';
import { binomialTail } from '../comparators/tails.js';
import { atEveryDevice } from '../one-wave/boundary.js';
import { ALPHA } from '../origin.js';
import type { Origin } from '../origin.js';
import { ourJudge, ourVariants, shipped } from '../our-judge.js';
import { WAVES } from './history.js';
import type { RolloutEvent } from './history.js';

export const LIMIT = 0.05;
const PLANNED = WAVES.at(-1) ?? 0;

/** What can be known of a rollout at a time. */
export interface Seen {
  readonly exposed: number;
  readonly answered: number;
  readonly failed: number;
  /** Of the present wave's own devices. */
  readonly failedOfWave: number;
  readonly devicesOfWave: number;
}

/** Asked after every event; true aborts. */
export type RolloutWatch = (event: RolloutEvent, seen: Seen) => boolean;

export interface RolloutJudge {
  readonly name: string;
  readonly origin: Origin;
  readonly watch: () => RolloutWatch;
}

/** A rule over what is known at the time, the same for every rollout. */
const rule = (name: string, origin: Origin, aborts: (seen: Seen) => boolean): RolloutJudge => ({
  name,
  origin,
  watch: () => (event, seen) => event.kind === 'answered' && aborts(seen),
});

const aws = (threshold: number, fewest: number) => (seen: Seen) =>
  seen.answered >= fewest && seen.failed / seen.answered >= threshold;

/** The fewest failures among so many devices that abort, for every number of them: worked out once. */
const fewestFailures = (aborts: (k: number, n: number) => boolean) => {
  const { abortAt } = atEveryDevice(PLANNED, aborts);
  return (devices: number) => abortAt[devices - 1] ?? Infinity;
};
const binomialBound = fewestFailures((k, n) => binomialTail(k, n, LIMIT) <= ALPHA);
const evidenceBound = fewestFailures((k, n) => lnAbortEvidence(k, n, LIMIT) >= -Math.log(ALPHA));

const ours = ourVariants(shipped({ limit: LIMIT, planned: PLANNED, waves: WAVES.length })).map(
  ({ name, origin, plan }): RolloutJudge => ({
    name,
    origin,
    watch() {
      const judge = ourJudge(plan);
      return (event) => {
        if (event.kind === 'wave') judge.beginWave();
        if (event.kind === 'exposed') judge.expose();
        return event.kind === 'answered' && event.fails && judge.fail(event.rank);
      };
    },
  }),
);

/** The judges of whole rollouts, those of other systems first. */
export const ROLLOUT_JUDGES: readonly RolloutJudge[] = [
  rule('AWS IoT 10 %, min 10', 'other', aws(0.1, 10)),
  rule('AWS IoT 20 %, min 10', 'other', aws(0.2, 10)),
  rule('AWS IoT 20 %, min 100', 'other', aws(0.2, 100)),
  rule('hawkBit 10 %', 'other', (seen) => seen.failedOfWave > 0.1 * seen.devicesOfWave),
  rule('binomial, every answer', 'other', (seen) => seen.failed >= binomialBound(seen.answered)),
  rule('evidence, answers only', 'variant', (seen) => seen.failed >= evidenceBound(seen.answered)),
  rule('evidence, all started', 'variant', (seen) => seen.failed >= evidenceBound(seen.exposed)),
  ...ours,
];
