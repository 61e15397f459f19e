import type {
  DescribeJobExecutionRequest,
  DescribeJobExecutionResponse,
} from '@aws-sdk/client-iot';
import { notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { thingArn } from '../control-plane/arns.js';
import { executionVersion } from '../control-plane/job-view.js';
import type { Services } from '../control-plane/services.js';

/** One device's run of a job, with what its nucleus said of it. */
export const describeJobExecution =
  ({ cloud, deployments }: Pick<Services, 'cloud' | 'deployments'>) =>
  (request: Checked<DescribeJobExecutionRequest>): DescribeJobExecutionResponse => {
    const { jobId, thingName, executionNumber } = request;
    const execution = deployments.ofJob(jobId).deployment.executions.get(thingName);
    const isOther = executionNumber !== undefined && executionNumber !== execution?.executionNumber;
    if (!execution || isOther) throw notFound('JobExecution', `${jobId} ${thingName}`);
    return {
      execution: {
        jobId,
        status: execution.status,
        forceCanceled: execution.isForceCanceled,
        statusDetails: { detailsMap: execution.details },
        thingArn: thingArn(cloud, thingName),
        queuedAt: new Date(execution.queuedAt),
        ...(execution.startedAt !== undefined && { startedAt: new Date(execution.startedAt) }),
        lastUpdatedAt: new Date(execution.lastUpdatedAt),
        executionNumber: execution.executionNumber,
        versionNumber: executionVersion(execution),
      },
    };
  };
