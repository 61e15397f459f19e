import { AbortJudge } from '../../src/domain/judge/abort-judge.js';
import type { MixturePlan } from '../../src/domain/judge/restart-mixture.js';
import { wholeFleet } from '../../src/domain/judge/stream.js';
import { ALPHA } from './origin.js';

/** How our judge is set up. */
export interface OurPlan extends MixturePlan {
  readonly limit: number;
  readonly risk?: number;
}

/** The judge as it ships, with one stream for all failures. */
export function ourJudge({ limit, planned, waves, risk = ALPHA }: OurPlan) {
  const judge = new AbortJudge({ planned, waves, risk, streams: wholeFleet(limit) });
  return {
    beginWave: () => judge.beginWave(),
    expose: () => judge.expose(),
    /** True aborts. */
    fail: (rank: number) => judge.fail(rank).evidence >= judge.threshold,
  };
}

/** Without restarts: all evidence counts from the first device. */
export const oneStart = (limit: number): OurPlan => ({ limit, planned: 1, waves: 1 });

/** Our judge without restarts, with those at wave starts only, and as it ships: what restarts cost, and what they are for. */
export const ourVariants = (plan: OurPlan) => [
  { name: 'Greenwave, one start', origin: 'variant' as const, plan: oneStart(plan.limit) },
  ...(plan.waves > 1
    ? [
        {
          name: 'Greenwave, wave starts',
          origin: 'variant' as const,
          plan: { ...plan, planned: 1 },
        },
      ]
    : []),
  { name: 'Greenwave', origin: 'ours' as const, plan },
];
