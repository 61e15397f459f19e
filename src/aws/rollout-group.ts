import type { Member } from '../domain/admission-order.js';
import { ForeignChangeError } from '../domain/errors.js';
import type { Rollout } from '../domain/rollout.js';
import { targetOf } from '../domain/target.js';
import type { SkippedRank } from '../domain/wave.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';

/** Registry calls under way at once: IoT takes 100 a second, and each takes some tens of milliseconds. */
const AT_ONCE = 8;

async function inTurn<Item>(items: readonly Item[], call: (item: Item) => Promise<void>) {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map(call));
}

/**
 * Ranks below `size` whose devices are no longer members of the target; those among them that had been admitted are taken
 * out of the rollout group, as the target's deployments aren't theirs any more.
 */
export async function findLeavers(
  { iot, rollouts }: { iot: Iot; rollouts: Rollouts },
  { rolloutId, targetArn, rolloutGroupName, admitted }: Rollout,
  size: number,
): Promise<{ rank: number; thing: string }[]> {
  const members = new Set(await iot.thingsIn(targetOf(targetArn).name));
  const order = await rollouts.order(rolloutId, 0, size);
  const left = order
    .map(({ thing }, rank) => ({ rank, thing }))
    .filter(({ thing }) => !members.has(thing));
  await inTurn(
    left.filter(({ rank }) => rank < admitted),
    ({ thing }) => iot.removeThing(thing, rolloutGroupName),
  );
  return left;
}

/** Takes everybody else out of the rollout group: only these things stay in it. */
export async function keepInGroup(
  iot: Iot,
  { rolloutGroupName }: Pick<Rollout, 'rolloutGroupName'>,
  things: readonly string[],
): Promise<void> {
  const kept = new Set(things);
  const members = await iot.thingsIn(rolloutGroupName);
  await inTurn(
    members.filter((thing) => !kept.has(thing)),
    (thing) => iot.removeThing(thing, rolloutGroupName),
  );
}

/** Has things leave the rollout group and join it again: the service gives each its deployment once more. */
export const rejoinGroup = (
  iot: Iot,
  { rolloutGroupName }: Pick<Rollout, 'rolloutGroupName'>,
  things: readonly string[],
): Promise<void> =>
  inTurn(things, async (thing) => {
    await iot.removeThing(thing, rolloutGroupName);
    await iot.addThing(thing, rolloutGroupName);
  });

/**
 * Adds the members, the first of which has rank `from`, to the rollout group. Answers those that the registry refuses.
 * Throws ForeignChangeError where the group itself is gone: else a wave that nobody joined would seem to have nobody to wait for.
 */
export async function admitMembers(
  iot: Iot,
  { rolloutGroupName, left }: Pick<Rollout, 'rolloutGroupName' | 'left'>,
  from: number,
  members: readonly Member[],
): Promise<SkippedRank[]> {
  const refused: SkippedRank[] = [];
  const hasLeft = new Set(left.map(({ rank }) => rank));
  const ranked = members.map(({ thing }, i) => ({ rank: from + i, thing }));
  await inTurn(
    ranked.filter(({ rank }) => !hasLeft.has(rank)),
    async ({ rank, thing }) => {
      const reason = await iot.addThing(thing, rolloutGroupName);
      if (reason !== undefined) refused.push({ rank, thing, reason });
    },
  );
  if (refused.length > 0 && !(await iot.thingGroup(rolloutGroupName)))
    throw new ForeignChangeError(
      `rollout group ${rolloutGroupName} is gone: somebody has deleted it`,
    );
  return refused.sort((a, b) => a.rank - b.rank);
}
