import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import { readReturned } from '../aws/hit-devices.js';
import type { Iot } from '../aws/iot.js';
import { observeRevert } from '../aws/revert-look.js';
import type { Rollouts } from '../aws/rollouts.js';
import { returning } from '../domain/rollback-return.js';
import { isRollingBack, rollbackLookSeconds } from '../domain/rollback.js';
import { rollbackTasks, type ReturnOutput, type RollbackStepInput } from '../workflows/rollback.js';
import { logger, task } from './task.js';

/** One look at the devices that are being taken back: who is, and how many are still to be waited for. */
export const assessReturn =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, at: enteredAt }: RollbackStepInput): Promise<ReturnOutput> => {
    const rollout = await ports.rollouts.existing(rolloutId);
    const lookSeconds = rollbackLookSeconds(rollout);
    if (!isRollingBack(rollout) || rollout.revertDeploymentId === undefined)
      return { returning: 0, lookSeconds };
    const at = Date.parse(enteredAt);
    const { isActive, early, executions } = await observeRevert(ports, rollout, at);
    if (early !== undefined) return { returning: early, lookSeconds };
    const hit = await ports.rollouts.names(rolloutId, 'HIT');
    const back = await readReturned(ports, rollout, hit, executions);
    const returned = new Set(back);
    await ports.rollouts.save({ ...rollout, returned: returned.size, lookAt: at });
    const waiting = returning(rollout, { at, isActive, hit, returned, executions });
    logger.info('return assessed', { hit: hit.length, returned: returned.size, waiting });
    return { returning: waiting, lookSeconds };
  };

export const handler = task(
  rollbackTasks.AssessReturn,
  assessReturn({ greengrass, iot, rollouts }),
);
