import type {
  CreateDeploymentRequest,
  CreateDeploymentResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Call } from '../control-plane/call.js';
import type { Services } from '../control-plane/services.js';

/** A new revision of its target. Documented: AWS CLI, examples of CreateDeployment: a job for a thing group, none for a thing. */
export const createDeployment =
  ({ deployments, clientTokens }: Pick<Services, 'deployments' | 'clientTokens'>) =>
  (
    request: Checked<CreateDeploymentRequest>,
    call: Pick<Call, 'atOnce'>,
  ): CreateDeploymentResponse =>
    clientTokens.once('CreateDeployment', request, () => {
      const { deploymentId, jobId, jobArn } = deployments.create(request, call);
      return {
        deploymentId,
        ...(jobId !== undefined && { iotJobId: jobId }),
        ...(jobArn !== undefined && { iotJobArn: jobArn }),
      };
    });
