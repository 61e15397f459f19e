import {
  CreateDeploymentCommand,
  GetDeploymentCommand,
  ListEffectiveDeploymentsCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeJobCommand } from '@aws-sdk/client-iot';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from './emulated-cloud.js';

interface Wanted {
  targetArn?: string;
  parentTargetArn?: string;
  inProgressTimeoutInMinutes?: number;
}

/** The counts of a job of nobody. */
export const none = {
  queued: 0,
  inProgress: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  removed: 0,
  canceled: 0,
};

/** What the tests of deployments ask a cloud again and again; the target is the group `fleet` unless said. */
export const asking = (aws: EmulatedCloud) => ({
  async deploy({ inProgressTimeoutInMinutes, ...request }: Wanted = {}) {
    const created = await aws.greengrass.send(
      new CreateDeploymentCommand({
        targetArn: groupArn('fleet'),
        components: { 'com.example.Hello': { componentVersion: '1.0.0' } },
        ...(inProgressTimeoutInMinutes && {
          iotJobConfiguration: { timeoutConfig: { inProgressTimeoutInMinutes } },
        }),
        ...request,
      }),
    );
    return { deploymentId: created.deploymentId ?? '', jobId: created.iotJobId ?? '' };
  },

  async counts(jobId: string) {
    const { job } = await aws.iot.send(new DescribeJobCommand({ jobId }));
    const of = job?.jobProcessDetails;
    return {
      queued: of?.numberOfQueuedThings,
      inProgress: of?.numberOfInProgressThings,
      succeeded: of?.numberOfSucceededThings,
      failed: of?.numberOfFailedThings,
      timedOut: of?.numberOfTimedOutThings,
      removed: of?.numberOfRemovedThings,
      canceled: of?.numberOfCanceledThings,
    };
  },

  async statusOf(deploymentId: string) {
    const found = await aws.greengrass.send(new GetDeploymentCommand({ deploymentId }));
    return found.deploymentStatus;
  },

  async effective(coreDeviceThingName: string) {
    const { effectiveDeployments } = await aws.greengrass.send(
      new ListEffectiveDeploymentsCommand({ coreDeviceThingName }),
    );
    return effectiveDeployments?.map((each) => each.coreDeviceExecutionStatus);
  },
});

export type Asking = ReturnType<typeof asking>;

/** A cloud with these core devices in the group `fleet`, and somebody who asks it. */
export async function startAsking(devices: readonly string[] = ['a', 'b', 'c']) {
  const aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
  for (const name of devices) aws.addCoreDevice(name, 'fleet');
  return { aws, ask: asking(aws) };
}
