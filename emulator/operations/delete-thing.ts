import type { DeleteThingRequest, DeleteThingResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** Documented: AWS IoT API model, DeleteThing: deleting a thing that isn't there succeeds too. */
export const deleteThing =
  ({ cloud, membership }: Pick<Services, 'cloud' | 'membership'>) =>
  ({ thingName }: Checked<DeleteThingRequest>): DeleteThingResponse => {
    if (cloud.things.has(thingName)) membership.deleteThing(thingName);
    return {};
  };
