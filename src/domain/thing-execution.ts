import type { DeviceExecution } from './rollback.js';
import { noExecutions, type ExecutionCounts } from './wave.js';

/** One deployment on one core device, as ListEffectiveDeployments has it. */
export interface EffectiveDeployment {
  readonly status: string;
  readonly reason: string;
  readonly errorStack: readonly string[];
  readonly errorTypes: readonly string[];
  /** When its status last changed; epoch milliseconds. */
  readonly modifiedAt: number;
}

const COUNTED: Readonly<Record<string, keyof ExecutionCounts>> = {
  QUEUED: 'queued',
  IN_PROGRESS: 'inProgress',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  REJECTED: 'rejected',
  TIMED_OUT: 'timedOut',
  CANCELED: 'canceled',
};

/** Statuses of a deployment that its device may not have begun. */
const NOT_BEGUN = new Set(['QUEUED', 'CANCELED']);

function statusOf({ status, modifiedAt }: EffectiveDeployment, deadline: number, at: number) {
  if (status === 'COMPLETED') return 'SUCCEEDED';
  return status === 'IN_PROGRESS' && at >= modifiedAt + deadline * 1000 ? 'TIMED_OUT' : status;
}

/**
 * A thing's run of its own deployment, in the words of a job: COMPLETED is SUCCEEDED there, and as no job ends a run that takes
 * too long, one that has been IN_PROGRESS for the device deadline is TIMED_OUT. One that the device hasn't said anything of yet is QUEUED.
 */
export function thingExecution(
  thing: string,
  effective: EffectiveDeployment | undefined,
  { deadlineSeconds, at }: { readonly deadlineSeconds: number; readonly at: number },
): DeviceExecution {
  const status = effective ? statusOf(effective, deadlineSeconds, at) : 'QUEUED';
  return { thing, status, isStarted: !NOT_BEGUN.has(status) };
}

/** The counts that a job would have of this one execution. A status that the service doesn't know yet counts as no answer. */
export const countsOf = ({ status }: DeviceExecution): ExecutionCounts => ({
  ...noExecutions,
  [COUNTED[status] ?? 'inProgress']: 1,
});
