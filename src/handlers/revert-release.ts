import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import { readHitDevices } from '../aws/hit-devices.js';
import type { Iot } from '../aws/iot.js';
import { deployRevert } from '../aws/revert.js';
import type { Rollouts } from '../aws/rollouts.js';
import { readStanding } from '../aws/standing.js';
import { isRollingBack, revertOf, rollbackLookSeconds } from '../domain/rollback.js';
import { rollbackTasks, type ReturnOutput, type RollbackStepInput } from '../workflows/rollback.js';
import { task } from './task.js';

/** Deploys the revert document to the devices that got the release, and to nobody else. */
export const revertRelease =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, at }: RollbackStepInput): Promise<ReturnOutput> => {
    const known = await ports.rollouts.existing(rolloutId);
    const lookSeconds = rollbackLookSeconds(known);
    if (!isRollingBack(known) || known.endsAs === 'Promoted') return { returning: 0, lookSeconds };
    if (known.revertDeploymentId !== undefined) return { returning: known.hit, lookSeconds };
    const hit = await readHitDevices(ports, known, Date.parse(at));
    await ports.rollouts.saveNames(rolloutId, 'HIT', hit);
    const plan = revertOf(known, hit.length, await readStanding(ports, known));
    const reverted = await deployRevert(ports, known, hit, plan);
    const next = { ...known, ...reverted, hit: hit.length };
    const revertedAt = reverted && Date.parse(at);
    await ports.rollouts.save({ ...next, ...(revertedAt !== undefined && { revertedAt }) });
    await ports.rollouts.record(rolloutId, {
      at,
      step: 'RevertRelease',
      actor: 'rollout',
      what: reverted
        ? `${hit.length} devices got the release; ${reverted.revertDeploymentId} takes them back`
        : `${hit.length} devices got the release; none is taken back`,
      why: plan.goes === 'nowhere' ? plan.why : `a new revision of the ${plan.goes}`,
    });
    return { returning: reverted ? hit.length : 0, lookSeconds };
  };

export const handler = task(
  rollbackTasks.RevertRelease,
  revertRelease({ greengrass, iot, rollouts }),
);
