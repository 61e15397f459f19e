import type {
  Cloud,
  Deployment,
  Execution,
  ExecutionStatus,
  InstalledComponentRecord,
} from '../cloud.js';
import { coreDeviceArn } from './arns.js';

type Home = Pick<Cloud, 'region' | 'account' | 'clock' | 'emit'>;

// Documented: developer guide, "Deployment health notifications": an event for each of these, none for QUEUED, IN_PROGRESS or
// TIMED_OUT.
const NOTIFIED: readonly ExecutionStatus[] = ['SUCCEEDED', 'FAILED', 'REJECTED', 'CANCELED'];

/** The status as Greengrass names it: a thing deployment that succeeded is COMPLETED. */
export const coreDeviceExecutionStatus = (
  { jobId }: Deployment,
  { status }: Execution,
): Exclude<ExecutionStatus, 'REMOVED'> | 'COMPLETED' => {
  if (status === 'REMOVED') return 'CANCELED';
  return status === 'SUCCEEDED' && jobId === undefined ? 'COMPLETED' : status;
};

/**
 * Puts an execution's terminal status on the event bus.
 * Assumed: AWS IoT's own events of jobs, which are MQTT messages, aren't sent for the jobs of Greengrass.
 */
export function notifyExecution(home: Home, deployment: Deployment, execution: Execution): void {
  if (!NOTIFIED.includes(execution.status)) return;
  home.emit({
    source: 'aws.greengrass',
    detailType: 'Greengrass V2 Effective Deployment Status Change',
    time: home.clock.now(),
    resources: [coreDeviceArn(home, execution.thingName)],
    detail: {
      deploymentId: deployment.deploymentId,
      coreDeviceExecutionStatus: coreDeviceExecutionStatus(deployment, execution),
      statusDetails: { errorStack: execution.errorStack, errorTypes: execution.errorTypes },
      ...(execution.reason !== undefined && { reason: execution.reason }),
    },
  });
}

/** Puts components' states on the event bus. */
export function notifyComponents(
  home: Home,
  thingName: string,
  components: readonly InstalledComponentRecord[],
): void {
  if (components.length === 0) return;
  home.emit({
    source: 'aws.greengrass',
    detailType: 'Greengrass V2 Installed Component Status Change',
    time: home.clock.now(),
    resources: [coreDeviceArn(home, thingName)],
    detail: {
      // Documented: developer guide, "Deployment health notifications": the boolean is `root` here, `isRoot` in the API.
      components: components.map((component) => ({
        componentName: component.componentName,
        componentVersion: component.componentVersion,
        root: component.isRoot,
        lifecycleState: component.lifecycleState,
        lifecycleStatusCodes: component.lifecycleStatusCodes,
        ...(component.lifecycleStateDetails !== undefined && {
          lifecycleStateDetails: component.lifecycleStateDetails,
        }),
      })),
    },
  });
}
