import type {
  Cloud,
  CoreDeviceRecord,
  Deployment,
  InstalledComponentRecord,
  StatusMessage,
} from '../cloud.js';
import type { Executions } from './executions.js';
import { mergeInstalled } from './installed-components.js';
import { notifyComponents } from './notifications.js';

const isBad = ({ lifecycleState }: InstalledComponentRecord) =>
  lifecycleState === 'ERRORED' || lifecycleState === 'BROKEN';

/** What has turned bad since the last report. */
function newlyBad(
  before: readonly InstalledComponentRecord[],
  now: readonly InstalledComponentRecord[],
): InstalledComponentRecord[] {
  const last = new Map(before.map((each) => [each.componentName, each]));
  return now.filter((each) => {
    const known = last.get(each.componentName);
    const isKnown =
      known?.lifecycleState === each.lifecycleState &&
      known.lastStatusChangeTimestamp === each.lastStatusChangeTimestamp;
    return isBad(each) && !isKnown;
  });
}

/** What the cloud makes of fleet status messages. */
export function createStatusReports(cloud: Cloud, executions: Executions) {
  /** Things that have ended a deployment and not yet reported since. */
  const ended = new Set<string>();

  const succeededTargets = (thingName: string) =>
    executions.ofThing(thingName).flatMap(({ deploymentId, status }) => {
      const deployment = cloud.deployments.get(deploymentId);
      return status === 'SUCCEEDED' && deployment?.jobId !== undefined
        ? [deployment.targetArn]
        : [];
    });

  return {
    noteEnd(thingName: string): void {
      ended.add(thingName);
    },

    noteSuccess({ jobId, targetArn }: Deployment, thingName: string): void {
      if (jobId !== undefined) cloud.coreDevices.get(thingName)?.succeededTargets.add(targetArn);
    },

    take(thingName: string, message: StatusMessage): void {
      const known = cloud.coreDevices.get(thingName);
      const { coreVersion, platform, architecture, runtime, status } = message;
      const now = cloud.clock.now();
      const record: CoreDeviceRecord = {
        coreDeviceThingName: thingName,
        ...{ coreVersion, platform, architecture, runtime, status },
        succeededTargets: known?.succeededTargets ?? new Set(succeededTargets(thingName)),
        clientDevices: known?.clientDevices ?? new Map<string, number>(),
        installedComponents: mergeInstalled(known?.installedComponents ?? [], message, now),
        lastStatusUpdateTimestamp: now,
      };
      cloud.coreDevices.set(thingName, record);
      // Documented: developer guide, "Deployment health notifications": an event when a component turns ERRORED or BROKEN, and at
      // the end of a deployment.
      const told = ended.delete(thingName)
        ? record.installedComponents
        : newlyBad(known?.installedComponents ?? [], record.installedComponents);
      notifyComponents(cloud, thingName, told);
    },
  };
}
