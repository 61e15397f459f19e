import type { CreateDeploymentRequest } from '@aws-sdk/client-greengrassv2';
import type { Cloud, Deployment, ExecutionStatus } from '../cloud.js';
import type { Checked } from '../wire/checked.js';
import { jobArn, parseTarget } from './arns.js';
import { requiredCapabilities } from './deployment-document.js';
import type { Identifiers } from './identifiers.js';

const noCounts = (): Record<ExecutionStatus, number> => ({
  QUEUED: 0,
  IN_PROGRESS: 0,
  SUCCEEDED: 0,
  FAILED: 0,
  TIMED_OUT: 0,
  REJECTED: 0,
  REMOVED: 0,
  CANCELED: 0,
});

/** A target and the parents above it, up to the one whose latest deployment has none. */
function lineFrom(cloud: Pick<Cloud, 'revisions' | 'deployments'>, targetArn: string): string[] {
  const latest = cloud.revisions.get(targetArn)?.at(-1);
  const parent = latest === undefined ? undefined : cloud.deployments.get(latest)?.parentTargetArn;
  return parent === undefined ? [targetArn] : [targetArn, ...lineFrom(cloud, parent)];
}

/**
 * Makes deployments of requests that have been checked.
 * Documented: AWS CLI, example of GetDeployment: revisionId counts the target's revisions.
 */
export function createNewDeployment(cloud: Cloud, identifiers: Identifiers) {
  const revisionsMade = new Map<string, number>();
  let sequence = 0;

  return (request: Checked<CreateDeploymentRequest>): Deployment => {
    const { targetArn } = request;
    const revision = (revisionsMade.get(targetArn) ?? 0) + 1;
    revisionsMade.set(targetArn, revision);
    const isGroup = parseTarget(targetArn).kind === 'thinggroup';
    const { parentTargetArn, components = {} } = request;
    const deploymentId = identifiers.next();
    const jobId = isGroup ? identifiers.next() : undefined;
    return {
      deploymentId,
      sequence: (sequence += 1),
      targetArn,
      revisionId: String(revision),
      deploymentName: request.deploymentName,
      creationTimestamp: cloud.clock.now(),
      components,
      deploymentPolicies: request.deploymentPolicies,
      iotJobConfiguration: request.iotJobConfiguration,
      parentTargetArn,
      ancestors: parentTargetArn === undefined ? [] : lineFrom(cloud, parentTargetArn),
      requiredCapabilities: requiredCapabilities({ targetArn, components, parentTargetArn }),
      jobId,
      jobArn: jobId && jobArn(cloud, jobId),
      status: 'ACTIVE',
      isLatestForTarget: true,
      canceledAt: undefined,
      executions: new Map(),
      counts: noCounts(),
    };
  };
}
