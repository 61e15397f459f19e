import {
  GetCoreDeviceCommand,
  paginateListCoreDevices,
  paginateListInstalledComponents,
  type GreengrassV2Client,
  type ListCoreDevicesCommandInput,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import type { BrokenComponent } from '../domain/failure-cause.js';
import { collect } from './collect.js';
import { absent, translate } from './translate.js';

const CoreDevice = z.object({
  coreDeviceThingName: z.string(),
  platform: z.string().optional(),
  architecture: z.string().optional(),
  runtime: z.string().optional(),
  status: z.enum(['HEALTHY', 'UNHEALTHY']),
  lastStatusUpdateTimestamp: z.date(),
});

/** What the cloud knows of core devices. */
export function connectCoreDevices(client: GreengrassV2Client) {
  const listCoreDevices = (input: ListCoreDevicesCommandInput) =>
    collect(
      paginateListCoreDevices({ client, pageSize: 100 }, input),
      (page) => page.coreDevices,
    ).then((found) => z.array(CoreDevice).parse(found), translate);

  const installedOn = (coreDeviceThingName: string) =>
    collect(
      paginateListInstalledComponents(
        { client, pageSize: 100 },
        { coreDeviceThingName, topologyFilter: 'ALL' },
      ),
      (page) => page.installedComponents,
    ).catch(absent);

  const coreDevice = async (coreDeviceThingName: string) => {
    const found = await client
      .send(new GetCoreDeviceCommand({ coreDeviceThingName }))
      .catch(absent);
    return found && CoreDevice.parse(found);
  };

  return {
    /** What the cloud knows of one core device; undefined where it knows none of this name. */
    coreDevice,

    /** Every core device of the account in the Region: one call per 100. */
    coreDevices: () => listCoreDevices({}),

    /** Things that have succeeded at a deployment that targets this group and report UNHEALTHY: one call per 100 of them. */
    async unhealthyAfter(thingGroupArn: string): Promise<string[]> {
      const found = await listCoreDevices({ thingGroupArn, status: 'UNHEALTHY' });
      return found.map((device) => device.coreDeviceThingName);
    },

    /** Which components are BROKEN on a device and what they say of it; none where none is. */
    async brokenComponents(coreDeviceThingName: string): Promise<BrokenComponent[]> {
      const found = await installedOn(coreDeviceThingName);
      const broken = found?.filter(({ lifecycleState }) => lifecycleState === 'BROKEN') ?? [];
      return broken.map(
        ({
          componentName: name = '',
          componentVersion,
          lifecycleStateDetails,
          isRoot = false,
        }) => ({
          name,
          says: [`${name} ${componentVersion} is BROKEN`, lifecycleStateDetails]
            .filter(Boolean)
            .join(': '),
          isRoot,
        }),
      );
    },

    /** The components of a device with their versions; none where it is not known. */
    async installedVersions(coreDeviceThingName: string): Promise<Map<string, string>> {
      const found = (await installedOn(coreDeviceThingName)) ?? [];
      return new Map(
        found.map(({ componentName = '', componentVersion = '' }) => [
          componentName,
          componentVersion,
        ]),
      );
    },

    /** When a device last reported, in epoch milliseconds; undefined where it is not known. */
    async lastReportAt(coreDeviceThingName: string): Promise<number | undefined> {
      const found = await coreDevice(coreDeviceThingName);
      return found?.lastStatusUpdateTimestamp.getTime();
    },
  };
}
