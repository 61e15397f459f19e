import type { GetCoreDeviceRequest, GetCoreDeviceResponse } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { coreDeviceArn } from '../control-plane/arns.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import type { Services } from '../control-plane/services.js';

/** What the device last reported. Documented: API model, ListCoreDevices: a device that is off keeps its last status. */
export const getCoreDevice =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  ({ coreDeviceThingName }: Checked<GetCoreDeviceRequest>): GetCoreDeviceResponse => {
    const device = findCoreDevice(cloud, coreDeviceThingName);
    return {
      coreDeviceThingName,
      coreVersion: device.coreVersion,
      platform: device.platform,
      architecture: device.architecture,
      runtime: device.runtime,
      status: device.status,
      lastStatusUpdateTimestamp: new Date(device.lastStatusUpdateTimestamp),
      // Documented: AWS CLI, example of GetCoreDevice: no tags are an empty map.
      tags: cloud.tags.get(coreDeviceArn(cloud, coreDeviceThingName)) ?? {},
    };
  };
