import { admissionOrder } from '../admission-order.js';
import { membershipOf } from '../membership.js';
import type { RolloutFile } from '../rollout-file.js';
import { isThing } from '../target.js';
import { waveSizes } from '../wave.js';

/** As many as a look asks one by one. */
const mostAsked = 25;

/** The devices that a plan asks one by one: those of the first wave, the first 25 of a large one; or the one thing. */
export function canaryOf(
  rolloutId: string,
  { target, strategy }: Pick<RolloutFile, 'target' | 'strategy'>,
  facts: Parameters<typeof membershipOf>[0],
): string[] {
  if (isThing(target)) return facts.coreDevices.map(({ thing }) => thing);
  const order = admissionOrder(rolloutId, membershipOf(facts).ranked);
  const [canary] = waveSizes(strategy, order.length);
  return order.slice(0, Math.min(canary?.size ?? 0, mostAsked)).map(({ thing }) => thing);
}
