import { DescribeComponentCommand, type GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { connectCoreDevices } from './core-devices.js';
import { connectDeployments } from './deployments.js';
import { connectDeviceReports } from './device-report.js';
import { connectEffectiveDeployments } from './effective-deployments.js';
import { absent } from './translate.js';

export type Greengrass = ReturnType<typeof connectGreengrass>;

/** The control plane of Greengrass V2 as rollouts use it. Every method throws ThrottledError and QuotaExceededError. */
export function connectGreengrass(client: GreengrassV2Client) {
  return {
    ...connectDeployments(client),
    ...connectCoreDevices(client),
    ...connectDeviceReports(client),
    ...connectEffectiveDeployments(client),

    /** State of a component version, or undefined where there is none of this ARN. */
    async componentVersion(arn: string) {
      const found = await client.send(new DescribeComponentCommand({ arn })).catch(absent);
      if (!found?.status) return undefined;
      const { componentState: state, message } = found.status;
      // Observed: a version that there is nothing to say of has the message NONE.
      return { state, message: message === 'NONE' ? undefined : message };
    },
  };
}
