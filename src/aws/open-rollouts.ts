import { isThingHeld } from '../domain/rollout-end.js';
import type { TargetFacts } from '../domain/target-facts.js';
import type { Rollout } from '../domain/rollout.js';
import { isThing, targetOf } from '../domain/target.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';
import { isHolderStanding } from './standing.js';

interface Ports {
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

type OpenRollout = TargetFacts['openRollouts'][number];

/** The devices that a rollout has in its hands: those in its group, or the one thing. */
function thingsOf(iot: Iot, rollout: Rollout): Promise<string[]> {
  const { targetArn, rolloutGroupName } = rollout;
  if (!isThing(targetArn)) return iot.thingsIn(rolloutGroupName);
  return Promise.resolve(isThingHeld(rollout) ? [targetOf(targetArn).name] : []);
}

/** Rollouts in the way: they hold this target, a group above or below it, or have one of its members in their hands. */
export async function readOpenRollouts(
  { iot, rollouts }: Ports,
  target: { arn: string; ancestors: readonly string[]; descendants: readonly string[] },
  members: readonly string[],
): Promise<OpenRollout[]> {
  const found: OpenRollout[] = [];
  const related = [
    { arns: [target.arn], relation: 'same' as const },
    { arns: target.ancestors, relation: 'ancestor' as const },
    { arns: target.descendants, relation: 'descendant' as const },
  ];
  for (const { arns, relation } of related)
    for (const targetArn of arns) {
      const lock = await rollouts.lockOf(targetArn);
      if (lock && (await isHolderStanding({ iot, rollouts }, lock.rolloutId)))
        found.push({ rolloutId: lock.rolloutId, targetArn, relation });
    }
  const isMember = new Set(members);
  for (const open of await rollouts.withGroups()) {
    if (found.some(({ rolloutId }) => rolloutId === open.rolloutId)) continue;
    const { rolloutId, targetArn } = open;
    const things = (await thingsOf(iot, open)).filter((thing) => isMember.has(thing));
    if (things.length > 0) found.push({ rolloutId, targetArn, relation: 'shares-members', things });
  }
  return found;
}
