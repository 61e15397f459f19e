import type { ListCoreDevicesRequest, ListCoreDevicesResponse } from '@aws-sdk/client-greengrassv2';
import type { CoreDeviceRecord } from '../cloud.js';
import type { Checked } from '../wire/checked.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/**
 * Documented: API model, ListCoreDevices.thingGroupArn: it filters by success at a deployment to the group, not by membership;
 * a device that has left the group stays.
 */
export const listCoreDevices =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  (request: Checked<ListCoreDevicesRequest>): ListCoreDevicesResponse => {
    const { thingGroupArn, status, runtime } = request;
    const isWanted = (each: CoreDeviceRecord) =>
      (status === undefined || each.status === status) &&
      (runtime === undefined || each.runtime === runtime) &&
      (thingGroupArn === undefined || each.succeededTargets.has(thingGroupArn));
    const { items, nextToken } = page(
      cloud.coreDevices.list(),
      (each) => each.coreDeviceThingName,
      request,
      greengrassPages,
      isWanted,
    );
    const coreDevices = items.map((each) => ({
      coreDeviceThingName: each.coreDeviceThingName,
      status: each.status,
      lastStatusUpdateTimestamp: new Date(each.lastStatusUpdateTimestamp),
      platform: each.platform,
      architecture: each.architecture,
      runtime: each.runtime,
    }));
    return { coreDevices, nextToken };
  };
