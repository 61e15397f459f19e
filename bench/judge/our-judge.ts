import { AbortJudge } from '../../src/domain/judge/abort-judge.js';
import type { MixturePlan } from '../../src/domain/judge/restart-mixture.js';
import { signalShares } from '../../src/domain/judge/signals.js';
import { fleetByPlatform } from '../../src/domain/judge/stream.js';
import { ALPHA } from './origin.js';

/** How our judge is set up. */
export interface OurPlan extends MixturePlan {
  readonly limit: number;
  readonly risk: number;
  /** Those that count for themselves. */
  readonly platforms: readonly string[];
}

/** Our judge of one signal. */
export function ourJudge({ limit, platforms, ...plan }: OurPlan) {
  const judge = new AbortJudge({ ...plan, streams: fleetByPlatform(limit, platforms) });
  return {
    beginWave: () => judge.beginWave(),
    expose: (platform?: string) => judge.expose(platform),
    /** True aborts. */
    fail: (rank: number) => judge.fail(rank).evidence >= judge.threshold,
  };
}

/** A fleet of one platform under the judge of deployments as it ships: the other signals have the other half of the risk. */
export const shipped = (plan: MixturePlan & { readonly limit: number }): OurPlan => ({
  ...plan,
  risk: ALPHA * signalShares.deployment,
  platforms: [],
});

/** Without restarts, and with the whole risk: all evidence counts from the first device. */
export const oneStart = (limit: number): OurPlan => ({
  ...{ limit, planned: 1, waves: 1 },
  ...{ risk: ALPHA, platforms: [] },
});

/**
 * Our judge as it ships, and with the whole risk: with all restarts, with those at wave starts only, and without. So it shows what
 * restarts cost, what they are for, and what it costs that signals share the risk.
 */
export const ourVariants = (plan: OurPlan) => [
  { name: 'Greenwave, one start, at 20', origin: 'whole' as const, plan: oneStart(plan.limit) },
  ...(plan.waves > 1
    ? [
        {
          name: 'Greenwave, wave starts, at 20',
          origin: 'variant' as const,
          plan: { ...plan, planned: 1, risk: ALPHA },
        },
      ]
    : []),
  { name: 'Greenwave, at 20', origin: 'whole' as const, plan: { ...plan, risk: ALPHA } },
  { name: 'Greenwave', origin: 'ours' as const, plan },
];
