import type { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { connectComponentRecipes } from './component-recipes.js';
import { connectCoreDevices } from './core-devices.js';
import { connectDeployments } from './deployments.js';
import { connectDeviceReports } from './device-report.js';
import { connectEffectiveDeployments } from './effective-deployments.js';

export type Greengrass = ReturnType<typeof connectGreengrass>;

/** The control plane of Greengrass V2 as rollouts use it. Every method throws ThrottledError and QuotaExceededError. */
export function connectGreengrass(client: GreengrassV2Client) {
  return {
    ...connectComponentRecipes(client),
    ...connectDeployments(client),
    ...connectCoreDevices(client),
    ...connectDeviceReports(client),
    ...connectEffectiveDeployments(client),
  };
}
