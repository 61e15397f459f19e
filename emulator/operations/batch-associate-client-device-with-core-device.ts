import type {
  BatchAssociateClientDeviceWithCoreDeviceRequest,
  BatchAssociateClientDeviceWithCoreDeviceResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, the output's errorEntries: what goes wrong with one entry is no error. Assumed: the code of one. */
export const batchAssociateClientDeviceWithCoreDevice =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({
    coreDeviceThingName,
    entries = [],
  }: Checked<BatchAssociateClientDeviceWithCoreDeviceRequest>): BatchAssociateClientDeviceWithCoreDeviceResponse => {
    const { clientDevices } = findCoreDevice(cloud, coreDeviceThingName);
    const known = entries.filter(({ thingName }) => cloud.things.has(thingName));
    for (const { thingName } of known)
      if (!clientDevices.has(thingName)) clientDevices.set(thingName, cloud.clock.now());
    const errorEntries = entries
      .filter(({ thingName }) => !cloud.things.has(thingName))
      .map(({ thingName }) => ({
        thingName,
        code: 'ResourceNotFoundException',
        message: `Thing ${thingName} can't be found.`,
      }));
    return { errorEntries };
  };
