import type { RevertPlan } from '../domain/rollback.js';
import type { Rollout } from '../domain/rollout.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { deployOnce } from './own-deployment.js';
import { keepInGroup } from './rollout-group.js';

/**
 * Makes the revision that takes the hit devices back, once; undefined where the plan says that there is to be none. On the rollout
 * group, who never got the release is taken out first, so that nothing reaches them.
 */
export async function deployRevert(
  { greengrass, iot }: { greengrass: Greengrass; iot: Iot },
  rollout: Rollout,
  hit: readonly string[],
  plan: RevertPlan,
): Promise<{ revertDeploymentId: string; revertJobId: string | undefined } | undefined> {
  const { targetArn, rolloutGroupArn, revertDocument } = rollout;
  if (plan.goes === 'nowhere') return undefined;
  const revision = { step: 'RevertRelease', replaces: plan.replaces };
  const isOnGroup = plan.goes === 'group' && rolloutGroupArn !== undefined;
  if (isOnGroup) await keepInGroup(iot, rollout, hit);
  const where = isOnGroup
    ? { targetArn: rolloutGroupArn, parentTargetArn: targetArn }
    : { targetArn };
  const own = await deployOnce(greengrass, rollout, revertDocument, { ...revision, ...where });
  return { revertDeploymentId: own.deploymentId, revertJobId: own.jobId };
}
