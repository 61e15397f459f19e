import type {
  UpdateDynamicThingGroupRequest,
  UpdateDynamicThingGroupResponse,
} from '@aws-sdk/client-iot';
import { invalidRequest } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { checkIndex } from '../control-plane/fleet-index.js';
import { changeThingGroup, checkVersion } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

/** Replaces the properties and, if there is one, the query. */
export const updateDynamicThingGroup =
  ({ registry, membership }: Pick<Services, 'registry' | 'membership'>) =>
  (request: Checked<UpdateDynamicThingGroupRequest>): UpdateDynamicThingGroupResponse => {
    const { thingGroupName, queryString } = request;
    const group = registry.group(thingGroupName);
    if (!group.dynamic) throw invalidRequest(`Thing group ${thingGroupName} is not dynamic`);
    checkIndex(request);
    checkVersion(`Thing group ${thingGroupName}`, group, request.expectedVersion);
    if (queryString !== undefined)
      membership.dynamicGroups.setQuery(group, queryString, { atOnce: false });
    changeThingGroup(group, request.thingGroupProperties);
    return { version: group.version };
  };
