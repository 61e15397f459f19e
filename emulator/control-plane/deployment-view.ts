import type {
  Deployment as ListedDeployment,
  EffectiveDeployment,
} from '@aws-sdk/client-greengrassv2';
import type { Deployment, Execution } from '../cloud.js';
import { coreDeviceExecutionStatus } from './notifications.js';

/** What GetDeployment and ListDeployments share. */
export const deploymentSummary = (deployment: Deployment): ListedDeployment => ({
  targetArn: deployment.targetArn,
  revisionId: deployment.revisionId,
  deploymentId: deployment.deploymentId,
  ...(deployment.deploymentName !== undefined && { deploymentName: deployment.deploymentName }),
  creationTimestamp: new Date(deployment.creationTimestamp),
  deploymentStatus: deployment.status,
  isLatestForTarget: deployment.isLatestForTarget,
  ...(deployment.parentTargetArn !== undefined && { parentTargetArn: deployment.parentTargetArn }),
});

/** One device's run as Greengrass shows it. Documented: API model, EffectiveDeployment.statusDetails: null on success. */
export const effectiveDeployment = (
  deployment: Deployment,
  execution: Execution,
): EffectiveDeployment => ({
  deploymentId: deployment.deploymentId,
  // Documented: API model, EffectiveDeployment.deploymentName: required. Assumed: empty where GetDeployment has null.
  deploymentName: deployment.deploymentName ?? '',
  ...(deployment.jobId !== undefined && { iotJobId: deployment.jobId }),
  ...(deployment.jobArn !== undefined && { iotJobArn: deployment.jobArn }),
  targetArn: deployment.targetArn,
  coreDeviceExecutionStatus: coreDeviceExecutionStatus(deployment, execution),
  ...(execution.reason !== undefined && { reason: execution.reason }),
  creationTimestamp: new Date(deployment.creationTimestamp),
  modifiedTimestamp: new Date(execution.lastUpdatedAt),
  ...(execution.errorStack.length > 0 && {
    statusDetails: {
      errorStack: [...execution.errorStack],
      errorTypes: [...execution.errorTypes],
    },
  }),
});
