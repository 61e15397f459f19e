import type { SeenWave } from './unhealthy-devices.js';
import type { BrokenComponent } from './failure-cause.js';
import type { DeviceFailure } from './judge.js';
import type { DeviceExecution, StandingRevision } from './rollback.js';
import type { Rollout } from './rollout.js';
import { targetOf } from './target.js';
import { countsOf, thingExecution, type EffectiveDeployment } from './thing-execution.js';
import { noExecutions } from './wave.js';

/** What a look found of the one thing of a rollout. */
export interface SeenThing {
  readonly at: number;
  /** Of the thing, whoever made it. */
  readonly newest: StandingRevision | undefined;
  /** What the device says of the release; undefined where it says nothing. */
  readonly effective: EffectiveDeployment | undefined;
  /** What is BROKEN, where the device is UNHEALTHY since it succeeded. */
  readonly broken: readonly BrokenComponent[] | undefined;
}

/**
 * The thing's revision that is the release; undefined before it is deployed. A step may have died right after it had deployed, and a
 * person have paused the rollout before its next try, so that only the revision itself tells of it.
 */
export const releaseOn = (
  { targetDeploymentId }: Pick<Rollout, 'targetDeploymentId'>,
  newest: StandingRevision | undefined,
): string | undefined =>
  targetDeploymentId ?? (newest?.step === 'AdmitWave' ? newest.deploymentId : undefined);

function failureOf(
  { file }: Rollout,
  { thing, status }: { thing: string; status: string },
  reason: string,
): DeviceFailure | undefined {
  const minutes = file.strategy.health.deviceDeadlineSeconds / 60;
  if (status === 'TIMED_OUT') return { thing, status, why: `IN_PROGRESS for ${minutes} minutes` };
  return status === 'FAILED' || status === 'REJECTED' ? { thing, status, why: reason } : undefined;
}

/** Why the device counts against the release, in the order in which it may: first its deployment, then its health. */
function failuresOf(
  rollout: Rollout,
  execution: DeviceExecution,
  { effective, broken }: SeenThing,
): DeviceFailure[] {
  const { thing } = execution;
  const failure = failureOf(rollout, execution, effective?.reason ?? '');
  return [
    ...(failure ? [failure] : []),
    ...(broken === undefined
      ? []
      : [{ thing, status: 'UNHEALTHY' as const, why: broken.map(({ says }) => says).join('; ') }]),
  ];
}

/** A look at the one thing, in the words of a look at a wave: its device has rank 0. */
export function thingObservation(rollout: Rollout, seen: SeenThing): SeenWave {
  const { targetArn, baseline, file } = rollout;
  const { at, newest, effective, broken } = seen;
  const { name: thing } = targetOf(targetArn);
  const own = releaseOn(rollout, newest);
  const deadlineSeconds = file.strategy.health.deviceDeadlineSeconds;
  const execution = thingExecution(thing, effective, { deadlineSeconds, at });
  const failures = failuresOf(rollout, execution, seen);
  const hasFailed = failures.some(({ status }) => status !== 'UNHEALTHY');
  const counts = own === undefined ? noExecutions : countsOf(execution);
  return {
    observation: {
      at,
      counts,
      failures,
      unasked: 0,
      isBaselineLatest: newest?.deploymentId === (own ?? baseline?.deploymentId),
      isDeploymentActive: newest?.isInForce ?? true,
    },
    sorted: { counts, failures, failedRanks: hasFailed ? [0] : [], apart: [], ineligible: [] },
    unhealthy: broken === undefined ? [] : [{ thing, rank: 0, broken }],
    controls: undefined,
  };
}
