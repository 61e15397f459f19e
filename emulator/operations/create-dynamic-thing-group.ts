import type {
  CreateDynamicThingGroupRequest,
  CreateDynamicThingGroupResponse,
} from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import type { Call } from '../control-plane/call.js';
import { checkIndex, QUERY_VERSION, THING_INDEX } from '../control-plane/fleet-index.js';
import { addThingGroup, sameThingGroup } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

type Needed = Pick<Services, 'cloud' | 'identifiers' | 'membership'>;

/** A group whose query says who is in it. */
export const createDynamicThingGroup =
  ({ cloud, identifiers, membership }: Needed) =>
  (
    request: Checked<CreateDynamicThingGroupRequest>,
    call: Pick<Call, 'atOnce'>,
  ): CreateDynamicThingGroupResponse => {
    const { queryString } = request;
    checkIndex(request);
    const existing = sameThingGroup(cloud, request);
    if (!existing) membership.dynamicGroups.check(queryString);
    const group = existing ?? addThingGroup(cloud, identifiers, request);
    if (!existing) membership.dynamicGroups.setQuery(group, queryString, call);
    const { thingGroupName, thingGroupArn, thingGroupId } = group;
    return {
      ...{ thingGroupName, thingGroupArn, thingGroupId, queryString },
      indexName: THING_INDEX,
      queryVersion: QUERY_VERSION,
    };
  };
