import { leftoversOf } from '../domain/rollback-return.js';
import type { Rollout } from '../domain/rollout.js';
import { afterSweep, sweepNews, sweepStragglers } from '../domain/sweep.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { hadNoDeployment } from './own-deployment.js';
import { keepInGroup, rejoinGroup } from './rollout-group.js';
import type { Rollouts } from './rollouts.js';
import { deleteLeftovers } from './standing.js';
import { observeStragglers } from './straggler-look.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

async function deleteAll({ greengrass, iot }: Ports, rollout: Rollout) {
  const hadNone = await hadNoDeployment(greengrass, rollout);
  await deleteLeftovers(
    { greengrass, iot },
    rollout,
    leftoversOf(rollout, { stragglers: 0, hadNone }),
  );
}

/**
 * Takes out the stragglers that are back or no longer the rollout's concern, gives the revert once more to those that failed at
 * it, and deletes what is left over once none is missing or they are given up. Answers what it did.
 */
export async function sweepAfterStragglers(
  ports: Ports,
  rollout: Rollout,
  at: string,
): Promise<string> {
  const swept = sweepStragglers(rollout, await observeStragglers(ports, rollout, Date.parse(at)));
  const after = afterSweep(rollout, swept, at);
  if (after.sweptAt === undefined && rollout.targetDeploymentId === undefined) {
    await keepInGroup(ports.iot, rollout, swept.remaining);
    await rejoinGroup(ports.iot, rollout, swept.again);
  }
  if (after.sweptAt !== undefined) await deleteAll(ports, rollout);
  const news = sweepNews(after, swept);
  if (!news) return 'its stragglers are still away';
  await ports.rollouts.save(after);
  await ports.rollouts.record(rollout.rolloutId, {
    at,
    step: 'SweepRollout',
    actor: 'sweep',
    ...news,
  });
  return news.what;
}
