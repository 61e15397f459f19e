import type {
  AddThingToThingGroupRequest,
  AddThingToThingGroupResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { namedMembership } from '../control-plane/named-membership.js';
import type { Services } from '../control-plane/services.js';

/** Adds a thing to a group, whose deployment it then gets; adding it again changes nothing. */
export const addThingToThingGroup =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  (request: Checked<AddThingToThingGroupRequest>): AddThingToThingGroupResponse => {
    const { thingName, thingGroupName } = namedMembership(cloud, request);
    const overridesDynamic = request.overrideDynamicGroups;
    membership.move(thingName, { to: [thingGroupName], overridesDynamic });
    return {};
  };
