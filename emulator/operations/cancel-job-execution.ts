import type { CancelJobExecutionRequest } from '@aws-sdk/client-iot';
import { ApiError, notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { executionVersion } from '../control-plane/job-view.js';
import type { Services } from '../control-plane/services.js';

/**
 * Documented: AWS IoT API model, CancelJobExecution.force: an execution IN_PROGRESS is cancelled with it only, one that has
 * ended never.
 */
export const cancelJobExecution =
  ({ deployments, executions }: Pick<Services, 'deployments' | 'executions'>) =>
  (request: Checked<CancelJobExecutionRequest>): Record<never, never> => {
    const { jobId, thingName, force = false, expectedVersion, statusDetails } = request;
    const { deployment } = deployments.ofJob(jobId);
    const execution = deployment.executions.get(thingName);
    if (!execution) throw notFound('JobExecution', `${jobId} ${thingName}`);
    const version = executionVersion(execution);
    if (expectedVersion !== undefined && expectedVersion !== version)
      throw new ApiError('VersionConflictException', `The execution is at version ${version}`);
    if (execution.status !== 'QUEUED' && !(execution.status === 'IN_PROGRESS' && force))
      throw new ApiError(
        'InvalidStateTransitionException',
        `An execution that is ${execution.status} can't be cancelled`,
      );
    executions.move(deployment, execution, 'CANCELED', {
      isForceCanceled: force,
      ...(statusDetails && { details: statusDetails }),
    });
    executions.wake(thingName);
    return {};
  };
