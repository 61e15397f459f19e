import {
  GetDeploymentCommand,
  paginateListCoreDevices,
  paginateListDeployments,
  paginateListInstalledComponents,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { collect } from '../collect.js';
import { absent, translate } from '../translate.js';

const Latest = z.object({
  deploymentId: z.string(),
  targetArn: z.string(),
  deploymentStatus: z.string(),
  creationTimestamp: z.date(),
});
const Silent = z.object({ coreDeviceThingName: z.string(), lastStatusUpdateTimestamp: z.date() });

/** The fleet at large, in calls whose number doesn't depend on its size but where it says so. */
export function connectFleetTargets(client: GreengrassV2Client) {
  return {
    /** The latest revision of every target there is: one call per 100 targets. */
    async latestRevisions() {
      const pages = paginateListDeployments(
        { client, pageSize: 100 },
        { historyFilter: 'LATEST_ONLY' },
      );
      const found = await collect(pages, (page) => page.deployments).catch(translate);
      return z.array(Latest).parse(found);
    },

    /** The job of a deployment; undefined where it has none, or is gone. */
    async jobOf(deploymentId: string): Promise<string | undefined> {
      const found = await client.send(new GetDeploymentCommand({ deploymentId })).catch(absent);
      return found?.iotJobId ?? undefined;
    },

    /** Every UNHEALTHY core device: one call per 100 of them. */
    async unhealthy(): Promise<string[]> {
      const pages = paginateListCoreDevices({ client, pageSize: 100 }, { status: 'UNHEALTHY' });
      const found = await collect(pages, (page) => page.coreDevices).catch(translate);
      return found.flatMap(({ coreDeviceThingName }) => coreDeviceThingName ?? []);
    },

    /** The BROKEN components of one device with their versions. */
    async brokenVersions(
      coreDeviceThingName: string,
    ): Promise<{ component: string; version: string }[]> {
      const pages = paginateListInstalledComponents(
        { client, pageSize: 100 },
        { coreDeviceThingName, topologyFilter: 'ALL' },
      );
      const found = (await collect(pages, (page) => page.installedComponents).catch(absent)) ?? [];
      return found
        .filter(({ lifecycleState }) => lifecycleState === 'BROKEN')
        .map(({ componentName = '', componentVersion = '' }) => ({
          component: componentName,
          version: componentVersion,
        }));
    },

    /** When each core device last reported, in epoch milliseconds: one call per 100 of the account. */
    async lastReports(): Promise<Map<string, number>> {
      const pages = paginateListCoreDevices({ client, pageSize: 100 }, {});
      const found = await collect(pages, (page) => page.coreDevices).catch(translate);
      const devices = z.array(Silent).parse(found);
      return new Map(
        devices.map((one) => [one.coreDeviceThingName, one.lastStatusUpdateTimestamp.getTime()]),
      );
    },
  };
}

export type FleetTargets = ReturnType<typeof connectFleetTargets>;
