import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import type { Rollouts } from '../aws/rollouts.js';
import { promoted, promotionNews } from '../domain/rollout-end.js';
import { rolloutTasks, type StepInput } from '../workflows/rollout.js';
import { task } from './task.js';

/** Ends a promoted rollout: its subdeployment and its group are deleted, its target is free again. */
export const cleanUp =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, at }: StepInput) => {
    const known = await ports.rollouts.existing(rolloutId);
    // From here on it ends as promoted, whoever has to finish this.
    const rollout =
      known.endsAs === 'Promoted'
        ? known
        : await ports.rollouts.save({ ...known, endsAs: 'Promoted' });
    const { deploymentId, rolloutGroupName, targetArn } = rollout;
    if (deploymentId) await ports.greengrass.removeDeployment(deploymentId);
    await ports.iot.deleteThingGroup(rolloutGroupName);
    await ports.rollouts.save(promoted(rollout, at));
    await ports.rollouts.unlock(targetArn, rolloutId);
    await ports.rollouts.record(rolloutId, {
      at,
      step: 'CleanUp',
      actor: 'rollout',
      ...promotionNews(rollout),
    });
    return {};
  };

export const handler = task(rolloutTasks.CleanUp, cleanUp({ greengrass, iot, rollouts }));
