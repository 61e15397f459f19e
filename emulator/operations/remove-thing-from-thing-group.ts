import type {
  RemoveThingFromThingGroupRequest,
  RemoveThingFromThingGroupResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { namedMembership } from '../control-plane/named-membership.js';
import type { Services } from '../control-plane/services.js';

/** Takes a thing out of a group; one that isn't in it stays out. */
export const removeThingFromThingGroup =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  (request: Checked<RemoveThingFromThingGroupRequest>): RemoveThingFromThingGroupResponse => {
    const { thingName, thingGroupName } = namedMembership(cloud, request);
    membership.move(thingName, { from: [thingGroupName] });
    return {};
  };
