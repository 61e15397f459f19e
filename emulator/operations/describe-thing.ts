import type { DescribeThingRequest, DescribeThingResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import type { Services } from '../control-plane/services.js';

/** A thing as the registry has it. */
export const describeThing =
  ({ registry }: Pick<Services, 'registry'>) =>
  (request: Checked<DescribeThingRequest>): DescribeThingResponse => {
    const { thingName, thingArn, thingId, attributes, version } = registry.thing(request.thingName);
    return { defaultClientId: thingName, thingName, thingArn, thingId, attributes, version };
  };
