import type { IoTJobAbortCriteria } from '@aws-sdk/client-greengrassv2';
import type { Deployment, ExecutionStatus } from '../cloud.js';
import type { Assumptions } from './assumptions.js';

const FAILURES: readonly ExecutionStatus[] = ['FAILED', 'REJECTED', 'TIMED_OUT'];

type Switches = Pick<Assumptions, 'abortsBeyondLimits'>;

const isMet = (
  { counts }: Deployment,
  criteria: IoTJobAbortCriteria,
  { abortsBeyondLimits }: Switches,
) => {
  const { failureType, minNumberOfExecutedThings = 1, thresholdPercentage = 0 } = criteria;
  const failed = FAILURES.filter((status) => failureType === 'ALL' || failureType === status)
    .map((status) => counts[status])
    .reduce((sum, count) => sum + count, 0);
  const executed = FAILURES.reduce((sum, status) => sum + counts[status], counts.SUCCEEDED);
  if (failed === 0) return false;
  const percentage = (100 * failed) / executed;
  // Documented: API model, IoTJobAbortCriteria: both limits count. Assumed: executed are SUCCEEDED, FAILED, REJECTED, TIMED_OUT.
  return abortsBeyondLimits
    ? executed > minNumberOfExecutedThings && percentage > thresholdPercentage
    : executed >= minNumberOfExecutedThings && percentage >= thresholdPercentage;
};

/** Whether a deployment's own abort criteria say that it stops. */
export const isAborted = (deployment: Deployment, switches: Switches): boolean =>
  (deployment.iotJobConfiguration?.abortConfig?.criteriaList ?? []).some((criteria) =>
    isMet(deployment, criteria, switches),
  );
