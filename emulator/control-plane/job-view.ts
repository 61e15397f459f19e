import type { JobExecutionSummary, JobStatus, JobSummary } from '@aws-sdk/client-iot';
import type { Deployment, Execution } from '../cloud.js';

/**
 * A job as its lists show it.
 * Documented: AWS IoT developer guide, "Jobs": a continuous job stays IN_PROGRESS whatever its devices report.
 */
export const jobStatus = ({ status }: Deployment, isBeingDeleted = false): JobStatus => {
  if (isBeingDeleted) return 'DELETION_IN_PROGRESS';
  return status === 'ACTIVE' ? 'IN_PROGRESS' : 'CANCELED';
};

// Documented: nucleus source, IotJobsHelper: the namespace of the jobs that Greengrass V2 makes.
export const GREENGRASS_NAMESPACE = 'aws-gg-deployment';

/** A group deployment as AWS IoT sees it. */
export interface Job {
  readonly deployment: Deployment;
  readonly isBeingDeleted: boolean;
  /** Documented: AWS IoT API model, JobSummary.isConcurrent: true while it hands out executions, or cancels them. */
  readonly isConcurrent: boolean;
}

/** The members of a job that its description and its lists share. */
export const jobSummary = ({ deployment, isBeingDeleted, isConcurrent }: Job): JobSummary => ({
  jobArn: deployment.jobArn,
  jobId: deployment.jobId,
  targetSelection: 'CONTINUOUS',
  status: jobStatus(deployment, isBeingDeleted),
  createdAt: new Date(deployment.creationTimestamp),
  lastUpdatedAt: new Date(deployment.canceledAt ?? deployment.creationTimestamp),
  ...(deployment.canceledAt !== undefined && { completedAt: new Date(deployment.canceledAt) }),
  isConcurrent,
});

/** An execution as the lists of jobs and of things show it. */
export const executionSummary = (execution: Execution): JobExecutionSummary => ({
  status: execution.status,
  queuedAt: new Date(execution.queuedAt),
  ...(execution.startedAt !== undefined && { startedAt: new Date(execution.startedAt) }),
  lastUpdatedAt: new Date(execution.lastUpdatedAt),
  executionNumber: execution.executionNumber,
  retryAttempt: 0,
});

/** Assumed: the version of an execution counts its changes of status. */
export const executionVersion = ({ status, startedAt }: Execution): number => {
  if (status === 'QUEUED') return 1;
  return startedAt === undefined || status === 'IN_PROGRESS' ? 2 : 3;
};
