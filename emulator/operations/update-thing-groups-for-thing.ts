import type {
  UpdateThingGroupsForThingRequest,
  UpdateThingGroupsForThingResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { namedThing } from '../control-plane/named-membership.js';
import type { Services } from '../control-plane/services.js';

/**
 * Takes a thing out of some groups and adds it to others.
 * Assumed: out first, so that it may change within a hierarchy; and all of it or nothing.
 */
export const updateThingGroupsForThing =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  (request: Checked<UpdateThingGroupsForThingRequest>): UpdateThingGroupsForThingResponse => {
    membership.move(namedThing(cloud, request), {
      from: request.thingGroupsToRemove,
      to: request.thingGroupsToAdd,
      overridesDynamic: request.overrideDynamicGroups,
    });
    return {};
  };
