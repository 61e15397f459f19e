import type { ListComponentsRequest, ListComponentsResponse } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { latestOf } from '../control-plane/component-view.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** Each component with its latest version. Documented: API model, ListComponents.scope: PRIVATE is the default. */
export const listComponents =
  ({ cloud, components }: Pick<Services, 'cloud' | 'components'>) =>
  (request: Checked<ListComponentsRequest>): ListComponentsResponse => {
    // The emulator has no public components.
    const versions = request.scope === 'PUBLIC' ? [] : [...cloud.componentVersions.values()];
    const names = [...new Set(versions.map((version) => version.componentName))].sort();
    const { items, nextToken } = page(names, (name) => name, request, greengrassPages);
    const found = items.map((name) => latestOf(cloud, name, components.versionsOf(name)));
    return { components: found, nextToken };
  };
