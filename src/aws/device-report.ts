import {
  GetCoreDeviceCommand,
  paginateListEffectiveDeployments,
  paginateListInstalledComponents,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { collect } from './collect.js';
import { absent, translate } from './translate.js';

const CoreDevice = z.object({
  coreDeviceThingName: z.string(),
  coreVersion: z.string().nullish(),
  platform: z.string().nullish(),
  architecture: z.string().nullish(),
  runtime: z.string().nullish(),
  status: z.enum(['HEALTHY', 'UNHEALTHY']),
  lastStatusUpdateTimestamp: z.date(),
});

const InstalledComponent = z.object({
  componentName: z.string(),
  componentVersion: z.string(),
  lifecycleState: z.string().nullish(),
  lifecycleStateDetails: z.string().nullish(),
  lifecycleStatusCodes: z.array(z.string()).nullish(),
  isRoot: z.boolean().nullish(),
  lastReportedTimestamp: z.date().nullish(),
  lastInstallationSource: z.string().nullish(),
});

const EffectiveDeployment = z.object({
  deploymentId: z.string(),
  targetArn: z.string(),
  iotJobId: z.string().nullish(),
  coreDeviceExecutionStatus: z.string(),
  reason: z.string().nullish(),
  statusDetails: z
    .object({
      errorStack: z.array(z.string()).nullish(),
      errorTypes: z.array(z.string()).nullish(),
    })
    .nullish(),
  creationTimestamp: z.date(),
  modifiedTimestamp: z.date(),
});

/** What one core device has said, and when. */
export interface DeviceReport {
  readonly device: z.infer<typeof CoreDevice>;
  readonly components: readonly z.infer<typeof InstalledComponent>[];
  /** Newest first. */
  readonly deployments: readonly z.infer<typeof EffectiveDeployment>[];
}

/** One core device as the cloud knows it: for a person who asks about it, never for a look. */
export function connectDeviceReports(client: GreengrassV2Client) {
  const components = (coreDeviceThingName: string) =>
    collect(
      paginateListInstalledComponents(
        { client, pageSize: 100 },
        { coreDeviceThingName, topologyFilter: 'ALL' },
      ),
      (page) => page.installedComponents,
    ).then((found) => z.array(InstalledComponent).parse(found), translate);

  const deployments = (coreDeviceThingName: string) =>
    collect(
      paginateListEffectiveDeployments({ client, pageSize: 100 }, { coreDeviceThingName }),
      (page) => page.effectiveDeployments,
    ).then((found) => z.array(EffectiveDeployment).parse(found), translate);

  return {
    /** Undefined where there is no core device of this name. */
    async deviceReport(coreDeviceThingName: string): Promise<DeviceReport | undefined> {
      const found = await client
        .send(new GetCoreDeviceCommand({ coreDeviceThingName }))
        .catch(absent);
      if (!found) return undefined;
      const effective = await deployments(coreDeviceThingName);
      return {
        device: CoreDevice.parse(found),
        components: await components(coreDeviceThingName),
        deployments: effective.sort((a, b) => +b.modifiedTimestamp - +a.modifiedTimestamp),
      };
    },
  };
}
