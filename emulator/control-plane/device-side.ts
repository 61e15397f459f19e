import type { Cloud, Deployment, DeviceSide, Execution } from '../cloud.js';
import type { Executions } from './executions.js';
import { createStatusReports } from './status-reports.js';
import type { Membership } from './membership.js';
import type { Registry } from './registry.js';

// Documented: nucleus source, IotJobsHelper: it cuts each value of the details at 1,024 characters.
const DETAIL_LENGTH = 1024;

type Outcome = Parameters<DeviceSide['finishExecution']>[1];

/** The details map of the job execution, in the nucleus's words. */
function detailsOf({ detailedStatus, failureCause, errorStack, errorTypes, isBare }: Outcome) {
  if (isBare) return {};
  const details = {
    'detailed-deployment-status': detailedStatus,
    'deployment-failure-cause': failureCause,
    'deployment-error-stack': errorStack?.join(', '),
    'deployment-error-types': errorTypes?.join(', '),
  };
  return Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, value.slice(0, DETAIL_LENGTH)]],
    ),
  );
}

/**
 * Documented: developer guide, "Deployment health notifications", the sample event: `<most specific code>: <detailed status>:
 * <cause>`; AWS CLI, example of ListEffectiveDeployments: SUCCESSFUL.
 */
function reasonOf({ status, detailedStatus, failureCause, errorStack }: Outcome): string {
  if (status === 'SUCCEEDED') return detailedStatus;
  const parts = [errorStack?.at(-1), detailedStatus, failureCause];
  return parts.filter((part) => part !== undefined).join(': ');
}

const endShadow = (deployment: Deployment, { status }: Outcome) => {
  // Assumed: a thing deployment that its device reports as failed or rejected is FAILED.
  if (deployment.jobId === undefined && deployment.status === 'ACTIVE')
    deployment.status = status === 'SUCCEEDED' ? 'COMPLETED' : 'FAILED';
};

/** What the core devices tell the cloud, and what they may ask it. */
export function createDeviceSide(
  cloud: Cloud,
  registry: Registry,
  { dynamicGroups }: Membership,
  executions: Executions,
): DeviceSide {
  const reports = createStatusReports(cloud, executions);

  return {
    pendingExecutions: (thingName) => executions.pendingOf(thingName),
    groupsOf: (thingName) => registry.groupsOf(thingName),
    reportStatus: (thingName, message) => reports.take(thingName, message),

    startExecution(execution: Execution) {
      const deployment = executions.openDeployment(execution);
      if (!deployment || execution.status !== 'QUEUED') return false;
      executions.start(deployment, execution);
      return true;
    },

    finishExecution(execution, outcome) {
      reports.noteEnd(execution.thingName);
      const deployment = executions.openDeployment(execution) ?? executions.shadowOf(execution);
      if (!deployment || execution.status !== 'IN_PROGRESS') return false;
      endShadow(deployment, outcome);
      if (outcome.status === 'SUCCEEDED') reports.noteSuccess(deployment, execution.thingName);
      executions.move(deployment, execution, outcome.status, {
        details: detailsOf(outcome),
        reason: reasonOf(outcome),
        errorStack: outcome.errorStack ?? [],
        errorTypes: outcome.errorTypes ?? [],
      });
      return true;
    },

    cancelExecution(execution) {
      const deployment = executions.shadowOf(execution);
      if (deployment && execution.status === 'IN_PROGRESS')
        executions.move(deployment, execution, 'CANCELED');
    },

    reportConnectivity(thingName, connected) {
      const thing = cloud.things.get(thingName);
      if (!thing) return;
      thing.connectivity = { connected, timestamp: cloud.clock.now() };
      dynamicGroups.refresh(thing);
    },
  };
}
