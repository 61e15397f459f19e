import type { UpdateThingGroupRequest, UpdateThingGroupResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { changeThingGroup, checkVersion } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

/** Replaces the properties; attributes are added to with `merge`. */
export const updateThingGroup =
  ({ registry }: Pick<Services, 'registry'>) =>
  (request: Checked<UpdateThingGroupRequest>): UpdateThingGroupResponse => {
    const { thingGroupName, thingGroupProperties, expectedVersion } = request;
    const group = registry.group(thingGroupName);
    // Assumed: a dynamic group has operations of its own only.
    if (group.dynamic) throw invalidRequest(`Thing group ${thingGroupName} is dynamic`);
    checkVersion(`Thing group ${thingGroupName}`, group, expectedVersion);
    changeThingGroup(group, thingGroupProperties);
    return { version: group.version };
  };
