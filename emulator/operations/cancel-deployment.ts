import type {
  CancelDeploymentRequest,
  CancelDeploymentResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, CancelDeployment: devices that have received the deployment keep it; nothing is undone. */
export const cancelDeployment =
  ({ deployments }: Pick<Services, 'deployments'>) =>
  ({ deploymentId }: Checked<CancelDeploymentRequest>): CancelDeploymentResponse => {
    deployments.cancel(deploymentId);
    // Documented: AWS CLI, example of CancelDeployment: the message SUCCESS.
    return { message: 'SUCCESS' };
  };
