import type {
  UpdateThingGroupsForThingRequest,
  UpdateThingGroupsForThingResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { namedMembership } from '../control-plane/named-membership.js';
import type { Services } from '../control-plane/services.js';

/** Takes a thing out of some groups and adds it to others. Assumed: out first, so that it may change within a hierarchy. */
export const updateThingGroupsForThing =
  ({ membership }: Pick<Services, 'membership'>) =>
  (request: Checked<UpdateThingGroupsForThingRequest>): UpdateThingGroupsForThingResponse => {
    const { thingName, thingGroupsToAdd = [], thingGroupsToRemove = [] } = request;
    for (const thingGroupName of thingGroupsToRemove) {
      const named = namedMembership({ thingName, thingGroupName });
      membership.leave(named.thingName, named.thingGroupName);
    }
    for (const thingGroupName of thingGroupsToAdd) {
      const named = namedMembership({ thingName, thingGroupName });
      membership.join(named.thingName, named.thingGroupName, request.overrideDynamicGroups);
    }
    return {};
  };
