import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { observeDrain } from '../aws/release-cancel.js';
import type { Rollouts } from '../aws/rollouts.js';
import { isRollingBack, rollbackLookSeconds, stillDraining } from '../domain/rollback.js';
import { rollbackTasks, type DrainOutput, type RollbackStepInput } from '../workflows/rollback.js';
import { task } from './task.js';

/** Looks which of the devices that were in progress at the cancel have still to end: none of them is overtaken by the revert. */
export const assessDrain =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, at }: RollbackStepInput): Promise<DrainOutput> => {
    const rollout = await ports.rollouts.existing(rolloutId);
    const lookSeconds = rollbackLookSeconds(rollout);
    if (!isRollingBack(rollout)) return { draining: 0, lookSeconds };
    const now = Date.parse(at);
    const names = await ports.rollouts.names(rolloutId, 'DRAIN');
    const seen = await observeDrain(ports, rollout, names, now);
    const draining = stillDraining(rollout, names, { ...seen, at: now });
    return { draining: draining.length, lookSeconds };
  };

export const handler = task(rollbackTasks.AssessDrain, assessDrain({ greengrass, iot, rollouts }));
