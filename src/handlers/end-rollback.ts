import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { hadNoDeployment } from '../aws/own-deployment.js';
import { keepInGroup } from '../aws/rollout-group.js';
import type { Rollouts } from '../aws/rollouts.js';
import { deleteLeftovers } from '../aws/standing.js';
import { endNews, leftoversOf, rolledBack, stragglersOf } from '../domain/rollback-return.js';
import { isRollingBack } from '../domain/rollback.js';
import type { Rollout } from '../domain/rollout.js';
import { rollbackTasks, type RollbackStepInput } from '../workflows/rollback.js';
import { logger, task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

async function close(ports: Ports, rollout: Rollout, at: string): Promise<Rollout> {
  const hit = await ports.rollouts.names(rollout.rolloutId, 'HIT');
  const returned = await ports.rollouts.names(rollout.rolloutId, 'RETURNED');
  const stragglers = stragglersOf(rollout, hit, returned);
  const hadNone = await hadNoDeployment(ports.greengrass, rollout);
  const leftovers = leftoversOf(rollout, { stragglers: stragglers.length, hadNone });
  if (!leftovers.isGroupLeft) await keepInGroup(ports.iot, rollout, stragglers);
  await deleteLeftovers(ports, rollout, leftovers);
  return ports.rollouts.save(rolledBack(rollout, { stragglers, at }));
}

/** Ends a rollout that was taken back: what it made is deleted, but for what stragglers need, and its target is free. */
export const endRollback =
  (ports: Ports) =>
  async ({ rolloutId, at }: RollbackStepInput) => {
    const known = await ports.rollouts.existing(rolloutId);
    const rollout = isRollingBack(known) ? await close(ports, known, at) : known;
    await ports.rollouts.unlock(rollout.targetArn, rolloutId);
    const news = endNews(rollout);
    await ports.rollouts.record(rolloutId, { at, step: 'EndRollback', actor: 'rollout', ...news });
    logger.warn('rollout taken back', { phase: rollout.phase, ...news });
    return { stragglers: rollout.stragglers.length };
  };

export const handler = task(rollbackTasks.EndRollback, endRollback({ greengrass, iot, rollouts }));
