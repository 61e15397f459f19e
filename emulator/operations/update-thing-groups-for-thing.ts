import type {
  UpdateThingGroupsForThingRequest,
  UpdateThingGroupsForThingResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { checkMove } from '../control-plane/check-move.js';
import { namedThing } from '../control-plane/named-membership.js';
import type { Services } from '../control-plane/services.js';

/**
 * Takes a thing out of some groups and adds it to others.
 * Assumed: out first, so that it may change within a hierarchy; and all of it or nothing.
 */
export const updateThingGroupsForThing =
  ({ cloud, registry, membership }: Pick<Services, 'cloud' | 'registry' | 'membership'>) =>
  (request: Checked<UpdateThingGroupsForThingRequest>): UpdateThingGroupsForThingResponse => {
    const { thingGroupsToAdd = [], thingGroupsToRemove = [], overrideDynamicGroups } = request;
    const thingName = namedThing(cloud, request);
    checkMove(registry, thingName, thingGroupsToRemove, thingGroupsToAdd, overrideDynamicGroups);
    for (const group of thingGroupsToRemove) membership.leave(thingName, group);
    for (const group of thingGroupsToAdd) membership.join(thingName, group, overrideDynamicGroups);
    return {};
  };
