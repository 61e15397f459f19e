import type {
  DeleteDynamicThingGroupRequest,
  DeleteDynamicThingGroupResponse,
} from '@aws-sdk/client-iot';
import { invalidRequest } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { checkVersion } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

/** Documented: AWS IoT API model, DeleteDynamicThingGroup: deleting a group that isn't there succeeds too. */
export const deleteDynamicThingGroup =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  (request: Checked<DeleteDynamicThingGroupRequest>): DeleteDynamicThingGroupResponse => {
    const { thingGroupName, expectedVersion } = request;
    const group = cloud.thingGroups.get(thingGroupName);
    if (!group) return {};
    if (!group.dynamic) throw invalidRequest(`Thing group ${thingGroupName} is not dynamic`);
    checkVersion(`Thing group ${thingGroupName}`, group, expectedVersion);
    membership.deleteGroup(thingGroupName);
    return {};
  };
