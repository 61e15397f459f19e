import type { DeleteThingGroupRequest, DeleteThingGroupResponse } from '@aws-sdk/client-iot';
import { invalidRequest } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { checkVersion } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

/**
 * Documented: AWS IoT API model, DeleteThingGroup: deleting a group that isn't there succeeds too.
 * Documented: AWS IoT developer guide, "Static thing groups": one with child groups can't be deleted.
 */
export const deleteThingGroup =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  ({
    thingGroupName,
    expectedVersion,
  }: Checked<DeleteThingGroupRequest>): DeleteThingGroupResponse => {
    const group = cloud.thingGroups.get(thingGroupName);
    if (!group) return {};
    // Assumed: a dynamic group has operations of its own only.
    if (group.dynamic) throw invalidRequest(`Thing group ${thingGroupName} is dynamic`);
    checkVersion(`Thing group ${thingGroupName}`, group, expectedVersion);
    if (group.childGroups.size > 0)
      throw invalidRequest(`Thing group ${thingGroupName} has child groups: delete them first`);
    membership.deleteGroup(thingGroupName);
    return {};
  };
