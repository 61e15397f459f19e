import type { ThingGroupProperties } from '@aws-sdk/client-iot';
import type { Cloud, ThingGroup } from '../cloud.js';
import { ApiError } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { thingGroupArn } from './arns.js';
import type { Identifiers } from './identifiers.js';

interface Wanted {
  readonly thingGroupName: string;
  readonly parentGroupName?: string | undefined;
  readonly queryString?: string | undefined;
  readonly thingGroupProperties?: Checked<ThingGroupProperties> | undefined;
}

const isSame = (group: ThingGroup, wanted: Wanted) => {
  const { thingGroupDescription, attributePayload } = wanted.thingGroupProperties ?? {};
  const attributes = Object.entries(attributePayload?.attributes ?? {});
  return (
    group.parentGroupName === wanted.parentGroupName &&
    group.dynamic?.queryString === wanted.queryString &&
    group.description === thingGroupDescription &&
    attributes.length === Object.keys(group.attributes).length &&
    attributes.every(([key, value]) => group.attributes[key] === value)
  );
};

/** The group of this name, if there is one with these properties; one with others is refused. */
export function sameThingGroup(
  { thingGroups }: Pick<Cloud, 'thingGroups'>,
  wanted: Wanted,
): ThingGroup | undefined {
  const existing = thingGroups.get(wanted.thingGroupName);
  if (existing && !isSame(existing, wanted))
    throw new ApiError(
      'ResourceAlreadyExistsException',
      `Thing group ${wanted.thingGroupName} already exists in account with different properties`,
      { resourceId: existing.thingGroupId, resourceArn: existing.thingGroupArn },
    );
  return existing;
}

/** Adds a group to the registry; the name has to be free. */
export function addThingGroup(cloud: Cloud, identifiers: Identifiers, wanted: Wanted): ThingGroup {
  const { thingGroupName, parentGroupName, thingGroupProperties } = wanted;
  const group: ThingGroup = {
    thingGroupName,
    thingGroupArn: thingGroupArn(cloud, thingGroupName),
    thingGroupId: identifiers.next(),
    parentGroupName,
    creationDate: cloud.clock.now(),
    description: thingGroupProperties?.thingGroupDescription,
    attributes: thingGroupProperties?.attributePayload?.attributes ?? {},
    version: 1,
    things: new Set(),
    childGroups: new Set(),
    dynamic: undefined,
  };
  cloud.thingGroups.set(thingGroupName, group);
  return group;
}

/** Sets what UpdateThingGroup and UpdateDynamicThingGroup may set. */
export function changeThingGroup(
  group: ThingGroup,
  { thingGroupDescription, attributePayload }: Checked<ThingGroupProperties>,
): void {
  if (thingGroupDescription !== undefined) group.description = thingGroupDescription;
  if (attributePayload?.attributes) {
    const kept = attributePayload.merge === true ? group.attributes : {};
    group.attributes = { ...kept, ...attributePayload.attributes };
  }
  group.version += 1;
}

/** Refuses a change of another version than the caller expects. */
export function checkVersion(
  what: string,
  { version }: { readonly version: number },
  expectedVersion: number | undefined,
): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw new ApiError(
      'VersionConflictException',
      `${what} is at version ${version}, not ${expectedVersion}`,
    );
}
