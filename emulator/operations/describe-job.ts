import type {
  DescribeJobRequest,
  DescribeJobResponse,
  JobProcessDetails,
} from '@aws-sdk/client-iot';
import type { Deployment } from '../cloud.js';
import type { Checked } from '../wire/checked.js';
import { GREENGRASS_NAMESPACE, jobSummary } from '../control-plane/job-view.js';
import type { Services } from '../control-plane/services.js';

const processDetails = ({ counts }: Deployment): JobProcessDetails => ({
  numberOfCanceledThings: counts.CANCELED,
  numberOfSucceededThings: counts.SUCCEEDED,
  numberOfFailedThings: counts.FAILED,
  numberOfRejectedThings: counts.REJECTED,
  numberOfQueuedThings: counts.QUEUED,
  numberOfInProgressThings: counts.IN_PROGRESS,
  numberOfRemovedThings: counts.REMOVED,
  numberOfTimedOutThings: counts.TIMED_OUT,
});

/** The job of a group deployment; its counts cost the same whatever the size of the group. */
export const describeJob =
  ({ deployments }: Pick<Services, 'deployments'>) =>
  ({ jobId }: Checked<DescribeJobRequest>): DescribeJobResponse => {
    const job = deployments.ofJob(jobId);
    const { deployment } = job;
    const { jobExecutionsRolloutConfig, abortConfig, timeoutConfig } =
      deployment.iotJobConfiguration ?? {};
    return {
      job: {
        ...jobSummary(job),
        targets: [deployment.targetArn],
        namespaceId: GREENGRASS_NAMESPACE,
        jobProcessDetails: processDetails(deployment),
        ...(jobExecutionsRolloutConfig && { jobExecutionsRolloutConfig }),
        ...(abortConfig && { abortConfig }),
        ...(timeoutConfig && { timeoutConfig }),
      },
    };
  };
