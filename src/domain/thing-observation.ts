import type { SortedFailures } from './failing-devices.js';
import type { SeenWave } from './unhealthy-devices.js';
import { causeOf, healthCauseOf } from './failure-cause.js';
import type { BrokenComponent, FailureCause } from './failure-cause.js';
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

/** What a failed deployment is blamed on. One that was the release's once stays so, and silence has nothing to say for itself. */
function deploymentCause(
  rollout: Rollout,
  { status }: DeviceExecution,
  effective: EffectiveDeployment | undefined,
): FailureCause {
  const { failedRanks, apart } = rollout.evidence;
  if (!effective || status === 'TIMED_OUT' || failedRanks.deployment.length > 0) return 'release';
  return apart.at(0)?.cause ?? causeOf(rollout, effective);
}

const blamed = (failure: DeviceFailure, cause: FailureCause): DeviceFailure => ({
  ...failure,
  ...(cause !== 'release' && { apart: cause }),
});

/** What the device failed by, and what that is blamed on, in the order in which it may: first its deployment, then its health. */
function failuresOf(
  rollout: Rollout,
  execution: DeviceExecution,
  { effective, broken }: SeenThing,
): DeviceFailure[] {
  const { thing } = execution;
  const failure = failureOf(rollout, execution, effective?.reason ?? '');
  const why = broken?.map(({ says }) => says).join('; ') ?? '';
  return [
    ...(failure ? [blamed(failure, deploymentCause(rollout, execution, effective))] : []),
    ...(broken
      ? [blamed({ thing, status: 'UNHEALTHY' as const, why }, healthCauseOf(rollout, broken))]
      : []),
  ];
}

/** The failed deployment of the device, sorted by whether it is the release's. */
function sorted(failures: DeviceFailure[], execution: DeviceExecution): SortedFailures {
  const failed = failures.find(({ status }) => status !== 'UNHEALTHY');
  const cause = failed?.apart;
  const rest = { failures, ineligible: [] };
  return cause
    ? {
        ...rest,
        counts: { ...noExecutions, apart: 1 },
        failedRanks: [],
        apart: [{ rank: 0, cause }],
      }
    : { ...rest, counts: countsOf(execution), failedRanks: failed ? [0] : [], apart: [] };
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
  const ran = sorted(failures, execution);
  const counts = own === undefined ? noExecutions : ran.counts;
  return {
    observation: {
      at,
      counts,
      failures,
      unasked: 0,
      isBaselineLatest: newest?.deploymentId === (own ?? baseline?.deploymentId),
      isDeploymentActive: newest?.isInForce ?? true,
    },
    sorted: { ...ran, counts },
    unhealthy: broken === undefined ? [] : [{ thing, rank: 0, broken }],
    controls: undefined,
  };
}
