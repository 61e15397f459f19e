import type { GetDeploymentRequest, GetDeploymentResponse } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { deploymentArn } from '../control-plane/arns.js';
import { deploymentSummary } from '../control-plane/deployment-view.js';
import type { Services } from '../control-plane/services.js';

/**
 * A deployment with its document.
 * Documented: developer guide, "Check deployment status": a group's stays ACTIVE whatever its devices report.
 */
export const getDeployment =
  ({ cloud, deployments }: Pick<Services, 'cloud' | 'deployments'>) =>
  (request: Checked<GetDeploymentRequest>): GetDeploymentResponse => {
    const deployment = deployments.find(request.deploymentId);
    const { jobId, jobArn, deploymentPolicies, iotJobConfiguration } = deployment;
    return {
      ...deploymentSummary(deployment),
      ...(jobId !== undefined && { iotJobId: jobId }),
      ...(jobArn !== undefined && { iotJobArn: jobArn }),
      components: deployment.components,
      ...(deploymentPolicies && { deploymentPolicies }),
      ...(iotJobConfiguration && { iotJobConfiguration }),
      // Documented: AWS CLI, example of GetDeployment: no tags are an empty map.
      tags: cloud.tags.get(deploymentArn(cloud, deployment.deploymentId)) ?? {},
    };
  };
