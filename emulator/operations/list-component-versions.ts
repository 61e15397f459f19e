import type {
  ListComponentVersionsRequest,
  ListComponentVersionsResponse,
} from '@aws-sdk/client-greengrassv2';
import { notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { componentArn } from '../control-plane/arns.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, ListComponentVersions: the greatest version first. */
export const listComponentVersions =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (request: Checked<ListComponentVersionsRequest>): ListComponentVersionsResponse => {
    const [, , , , , , name = ''] = request.arn.split(':');
    const versions = request.arn === componentArn(cloud, name) ? components.versionsOf(name) : [];
    // Assumed: a component without a version is not there.
    if (versions.length === 0) throw notFound('component', request.arn);
    const { items, nextToken } = page(versions, (each) => each.arn, request, greengrassPages);
    const componentVersions = items.map(({ arn, componentName, componentVersion }) => ({
      arn,
      componentName,
      componentVersion,
    }));
    return { componentVersions, nextToken };
  };
