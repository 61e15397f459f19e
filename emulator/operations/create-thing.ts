import type { CreateThingRequest, CreateThingResponse } from '@aws-sdk/client-iot';
import { ApiError } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { thingArn } from '../control-plane/arns.js';
import {
  checkAttributes,
  checkBillingGroup,
  checkThingType,
} from '../control-plane/registry-checks.js';
import type { Services } from '../control-plane/services.js';

type Needed = Pick<Services, 'cloud' | 'identifiers' | 'membership'>;

const isSame = (a: Record<string, string>, b: Record<string, string>) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(a).every(([key, value]) => b[key] === value);

/** Documented: AWS IoT API model, CreateThing: with the same attributes, creating it again answers as the first time. */
export const createThing =
  ({ cloud, identifiers, membership }: Needed) =>
  (request: Checked<CreateThingRequest>): CreateThingResponse => {
    const { thingName, attributePayload, thingTypeName, billingGroupName } = request;
    checkThingType(thingTypeName);
    checkBillingGroup(billingGroupName);
    const attributes = attributePayload?.attributes ?? {};
    checkAttributes(attributes);
    const existing = cloud.things.get(thingName);
    if (existing && !isSame(existing.attributes, attributes))
      throw new ApiError(
        'ResourceAlreadyExistsException',
        `Thing ${thingName} already exists in account with different attributes`,
        { resourceId: existing.thingId, resourceArn: existing.thingArn },
      );
    const thing = existing ?? {
      thingName,
      thingArn: thingArn(cloud, thingName),
      thingId: identifiers.next(),
      attributes,
      version: 1,
      groups: new Set<string>(),
      connectivity: undefined,
    };
    cloud.things.set(thingName, thing);
    membership.dynamicGroups.refresh(thing);
    return { thingName, thingArn: thing.thingArn, thingId: thing.thingId };
  };
