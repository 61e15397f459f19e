import type { ListThingGroupsRequest, ListThingGroupsResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { page, registryPages } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/**
 * Documented: AWS IoT API model, ListThingGroups.recursive: true, all groups (below a parent); false, only the top ones (or
 * the direct children).
 */
export const listThingGroups =
  ({ cloud, registry }: Pick<Services, 'cloud' | 'registry'>) =>
  (request: Checked<ListThingGroupsRequest>): ListThingGroupsResponse => {
    const { parentGroup, namePrefixFilter = '', recursive = true } = request;
    const below =
      parentGroup === undefined
        ? [...cloud.thingGroups.values()]
        : registry.subtree(parentGroup).slice(1);
    const found = below
      .filter((group) => recursive || group.parentGroupName === parentGroup)
      .filter((group) => group.thingGroupName.startsWith(namePrefixFilter));
    const { items, nextToken } = page(
      found,
      (group) => group.thingGroupName,
      request,
      registryPages,
    );
    const thingGroups = items.map(({ thingGroupName, thingGroupArn }) => ({
      groupName: thingGroupName,
      groupArn: thingGroupArn,
    }));
    return { thingGroups, nextToken };
  };
