import type { CreateThingGroupRequest, CreateThingGroupResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { addThingGroup, sameThingGroup } from '../control-plane/new-thing-group.js';
import { checkParent } from '../control-plane/registry-checks.js';
import type { Services } from '../control-plane/services.js';

/** Documented: AWS IoT API model, CreateThingGroup: creating it again with the same properties answers as the first time. */
export const createThingGroup =
  ({ cloud, identifiers, registry }: Pick<Services, 'cloud' | 'identifiers' | 'registry'>) =>
  (request: Checked<CreateThingGroupRequest>): CreateThingGroupResponse => {
    const { parentGroupName } = request;
    const existing = sameThingGroup(cloud, request);
    if (!existing && parentGroupName !== undefined) checkParent(registry, parentGroupName);
    const group = existing ?? addThingGroup(cloud, identifiers, request);
    const { thingGroupName, thingGroupArn, thingGroupId } = group;
    if (parentGroupName !== undefined)
      registry.group(parentGroupName).childGroups.add(thingGroupName);
    return { thingGroupName, thingGroupArn, thingGroupId };
  };
