import type { DeleteThingRequest, DeleteThingResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { checkVersion } from '../control-plane/new-thing-group.js';
import type { Services } from '../control-plane/services.js';

/** Documented: AWS IoT API model, DeleteThing: deleting a thing that isn't there succeeds too. */
export const deleteThing =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  ({ thingName, expectedVersion }: Checked<DeleteThingRequest>): DeleteThingResponse => {
    const thing = cloud.things.get(thingName);
    if (!thing) return {};
    checkVersion(`Thing ${thingName}`, thing, expectedVersion);
    membership.deleteThing(thingName);
    return {};
  };
