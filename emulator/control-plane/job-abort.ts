import type { IoTJobAbortCriteria } from '@aws-sdk/client-greengrassv2';
import type { Deployment, ExecutionStatus } from '../cloud.js';

const FAILURES: readonly ExecutionStatus[] = ['FAILED', 'REJECTED', 'TIMED_OUT'];

const isMet = ({ counts }: Deployment, criteria: IoTJobAbortCriteria) => {
  const { failureType, minNumberOfExecutedThings = 1, thresholdPercentage = 0 } = criteria;
  const failed = FAILURES.filter((status) => failureType === 'ALL' || failureType === status)
    .map((status) => counts[status])
    .reduce((sum, count) => sum + count, 0);
  const executed = FAILURES.reduce((sum, status) => sum + counts[status], counts.SUCCEEDED);
  // Documented: API model, IoTJobAbortCriteria: both are minimums. Assumed: executed are SUCCEEDED, FAILED, REJECTED, TIMED_OUT.
  return (
    failed > 0 &&
    executed >= minNumberOfExecutedThings &&
    (100 * failed) / executed >= thresholdPercentage
  );
};

/** Whether a deployment's own abort criteria say that it stops. */
export const isAborted = (deployment: Deployment): boolean =>
  (deployment.iotJobConfiguration?.abortConfig?.criteriaList ?? []).some((criteria) =>
    isMet(deployment, criteria),
  );
