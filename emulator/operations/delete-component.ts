import type { DeleteComponentRequest } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, DeleteComponent: a version in use can be deleted; deployments that name it then fail. */
export const deleteComponent =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (request: Checked<DeleteComponentRequest>): Record<never, never> => {
    const { arn } = components.find(request.arn);
    cloud.componentVersions.delete(arn);
    cloud.tags.delete(arn);
    return {};
  };
