import type {
  ListEffectiveDeploymentsRequest,
  ListEffectiveDeploymentsResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import { effectiveDeployment } from '../control-plane/deployment-view.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** Every deployment that applies to a core device. Assumed: the newest deployment first. */
export const listEffectiveDeployments =
  ({ cloud, executions }: Pick<Services, 'cloud' | 'executions'>) =>
  (request: Checked<ListEffectiveDeploymentsRequest>): ListEffectiveDeploymentsResponse => {
    const { coreDeviceThingName } = request;
    findCoreDevice(cloud, coreDeviceThingName);
    // Assumed: what was REMOVED applies no more; the model has no such status.
    const found = executions
      .ofThing(coreDeviceThingName)
      .filter((execution) => execution.status !== 'REMOVED')
      .reverse();
    const { items, nextToken } = page(found, (each) => each.deploymentId, request, greengrassPages);
    const effectiveDeployments = items.flatMap((execution) => {
      const deployment = cloud.deployments.get(execution.deploymentId);
      return deployment ? [effectiveDeployment(deployment, execution)] : [];
    });
    return { effectiveDeployments, nextToken };
  };
