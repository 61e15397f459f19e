import type { DeleteDeploymentRequest } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, DeleteDeployment: an active one has to be cancelled first; devices are untouched. */
export const deleteDeployment =
  ({ deployments }: Pick<Services, 'deployments'>) =>
  ({ deploymentId }: Checked<DeleteDeploymentRequest>): Record<never, never> => {
    deployments.delete(deploymentId);
    return {};
  };
