import type { DeploymentDocument } from '../domain/deployment-document.js';
import { clientToken } from '../domain/client-token.js';
import { ForeignChangeError } from '../domain/errors.js';
import type { StandingRevision } from '../domain/rollback.js';
import type { Rollout } from '../domain/rollout.js';
import { isThing } from '../domain/target.js';
import type { Greengrass } from './greengrass.js';

interface Revision {
  /** The step that deploys: with the rollout it identifies the deployment, also after the service forgot its token. */
  readonly step: string;
  readonly targetArn: string;
  readonly parentTargetArn?: string;
  readonly maximumPerMinute?: number;
  /** The latest revision of the target as this rollout knows it; undefined where there must be none. */
  readonly replaces: string | undefined;
}

/** The tag by which a deployment says which rollout made it. */
export const ROLLOUT_TAG = 'greenwave:rollout';
const STEP_TAG = 'greenwave:step';
/** Statuses of a revision that nobody gets any more. COMPLETED and FAILED are a thing's, which has had it. */
const ENDED = new Set(['CANCELED', 'INACTIVE']);

/** The newest revision of a target, and which step of this rollout made it; undefined where there is none. */
export async function newestRevision(
  greengrass: Greengrass,
  rolloutId: string,
  targetArn: string,
): Promise<StandingRevision | undefined> {
  const latest = await greengrass.latestRevision(targetArn);
  const found = latest && (await greengrass.deployment(latest.deploymentId));
  if (!found) return undefined;
  const isOwn = found.tags?.[ROLLOUT_TAG] === rolloutId;
  return {
    deploymentId: found.deploymentId,
    revisionId: latest.revisionId,
    jobId: found.iotJobId ?? undefined,
    isInForce: !ENDED.has(found.deploymentStatus),
    step: isOwn ? found.tags?.[STEP_TAG] : undefined,
  };
}

/** Whether the target had no deployment: the rollout itself has made the empty revision from which it started, or has none. */
export async function hadNoDeployment(
  greengrass: Greengrass,
  { rolloutId, baseline }: Pick<Rollout, 'rolloutId' | 'baseline'>,
): Promise<boolean> {
  if (!baseline) return true;
  const found = await greengrass.deployment(baseline.deploymentId);
  return found?.tags?.[ROLLOUT_TAG] === rolloutId && found.tags[STEP_TAG] === 'DeployBaseline';
}

/**
 * Makes one revision of a target, once: a step that runs again finds its own. Throws ForeignChangeError where the target's
 * latest revision is neither the one to replace nor this one.
 */
export async function deployOnce(
  greengrass: Greengrass,
  { rolloutId, file }: Pick<Rollout, 'rolloutId' | 'file'>,
  document: DeploymentDocument,
  { step, replaces, ...target }: Revision,
): Promise<{ deploymentId: string; jobId: string | undefined }> {
  const latest = await newestRevision(greengrass, rolloutId, target.targetArn);
  if (latest?.deploymentId !== replaces) {
    if (latest?.step === step) return { deploymentId: latest.deploymentId, jobId: latest.jobId };
    throw new ForeignChangeError(
      `${target.targetArn}: its latest revision is ${latest?.deploymentId ?? 'gone'}, not ${replaces ?? 'none'}, from which this rollout started`,
    );
  }
  const inProgressTimeoutInMinutes = Math.ceil(file.strategy.health.deviceDeadlineSeconds / 60);
  const created = await greengrass.createDeployment(document, {
    ...target,
    ...(isThing(target.targetArn) ? {} : { inProgressTimeoutInMinutes }),
    clientToken: clientToken(rolloutId, step, 1),
    tags: { [ROLLOUT_TAG]: rolloutId, [STEP_TAG]: step },
  });
  return { deploymentId: created.deploymentId, jobId: created.iotJobId };
}
