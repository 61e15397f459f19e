import type {
  BatchDisassociateClientDeviceFromCoreDeviceRequest,
  BatchDisassociateClientDeviceFromCoreDeviceResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import type { Services } from '../control-plane/services.js';

/** Assumed: an entry that isn't associated is one of the errorEntries. */
export const batchDisassociateClientDeviceFromCoreDevice =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({
    coreDeviceThingName,
    entries = [],
  }: Checked<BatchDisassociateClientDeviceFromCoreDeviceRequest>): BatchDisassociateClientDeviceFromCoreDeviceResponse => {
    const { clientDevices } = findCoreDevice(cloud, coreDeviceThingName);
    const errorEntries = entries
      .filter(({ thingName }) => !clientDevices.delete(thingName))
      .map(({ thingName }) => ({
        thingName,
        code: 'ResourceNotFoundException',
        message: `Client device ${thingName} is not associated with ${coreDeviceThingName}.`,
      }));
    return { errorEntries };
  };
