import type { DescribeThingGroupRequest, DescribeThingGroupResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { QUERY_VERSION, THING_INDEX } from '../control-plane/fleet-index.js';
import type { Services } from '../control-plane/services.js';

/** A thing group with its parents, the root first. */
export const describeThingGroup =
  ({ registry }: Pick<Services, 'registry'>) =>
  ({ thingGroupName }: Checked<DescribeThingGroupRequest>): DescribeThingGroupResponse => {
    const group = registry.group(thingGroupName);
    const parents = registry.lineage(thingGroupName).slice(1).reverse();
    return {
      thingGroupName,
      thingGroupId: group.thingGroupId,
      thingGroupArn: group.thingGroupArn,
      version: group.version,
      thingGroupProperties: {
        ...(group.description !== undefined && { thingGroupDescription: group.description }),
        attributePayload: { attributes: group.attributes },
      },
      thingGroupMetadata: {
        ...(group.parentGroupName !== undefined && { parentGroupName: group.parentGroupName }),
        rootToParentThingGroups: parents.map((parent) => ({
          groupName: parent.thingGroupName,
          groupArn: parent.thingGroupArn,
        })),
        creationDate: new Date(group.creationDate),
      },
      ...(group.dynamic && {
        indexName: THING_INDEX,
        queryString: group.dynamic.queryString,
        queryVersion: QUERY_VERSION,
        status: group.dynamic.isBuilt ? ('ACTIVE' as const) : ('BUILDING' as const),
      }),
    };
  };
