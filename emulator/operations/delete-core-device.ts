import type { DeleteCoreDeviceRequest } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { coreDeviceArn } from '../control-plane/arns.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, DeleteCoreDevice: the thing stays. Assumed: with its next status message the core device is back. */
export const deleteCoreDevice =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({ coreDeviceThingName }: Checked<DeleteCoreDeviceRequest>): Record<never, never> => {
    findCoreDevice(cloud, coreDeviceThingName);
    cloud.coreDevices.delete(coreDeviceThingName);
    cloud.tags.delete(coreDeviceArn(cloud, coreDeviceThingName));
    return {};
  };
