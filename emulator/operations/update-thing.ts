import type { UpdateThingRequest, UpdateThingResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { checkVersion } from '../control-plane/new-thing-group.js';
import { checkAttributes, checkThingType } from '../control-plane/registry-checks.js';
import type { Services } from '../control-plane/services.js';

/** Documented: AWS IoT API model, AttributePayload: attributes replace the others, or are added with `merge`; "" removes one. */
export const updateThing =
  ({ registry, membership }: Pick<Services, 'registry' | 'membership'>) =>
  (request: Checked<UpdateThingRequest>): UpdateThingResponse => {
    const { thingName, attributePayload, expectedVersion, thingTypeName } = request;
    const thing = registry.thing(thingName);
    checkThingType(thingTypeName);
    checkVersion(`Thing ${thingName}`, thing, expectedVersion);
    if (attributePayload?.attributes) {
      const kept = attributePayload.merge === true ? thing.attributes : {};
      const all = Object.entries({ ...kept, ...attributePayload.attributes });
      const attributes = Object.fromEntries(all.filter(([, value]) => value !== ''));
      checkAttributes(attributes);
      thing.attributes = attributes;
    }
    thing.version += 1;
    membership.dynamicGroups.refresh(thing);
    return {};
  };
