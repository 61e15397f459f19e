import type { DeleteComponentRequest } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { componentArn } from '../control-plane/arns.js';
import type { Services } from '../control-plane/services.js';

/**
 * Documented: API model, DeleteComponent: a version in use can be deleted; deployments that name it then fail.
 * Assumed: with its last version, the tags of the component go, too.
 */
export const deleteComponent =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (request: Checked<DeleteComponentRequest>): Record<never, never> => {
    const { arn, componentName } = components.find(request.arn);
    cloud.componentVersions.delete(arn);
    cloud.tags.delete(arn);
    if (components.versionsOf(componentName).length === 0)
      cloud.tags.delete(componentArn(cloud, componentName));
    return {};
  };
