import { InvalidPayloadError } from './errors.js';
import type { Rollout } from './rollout.js';

/** Looks of one wait at most, so that an execution of the machine stays far below the service's 25,000 events. */
const LOOKS = 400;
const SHORTEST_LOOK_SECONDS = 30;

const deadlineMilliseconds = ({ file }: Pick<Rollout, 'file'>) =>
  file.strategy.health.deviceDeadlineSeconds * 1000;

/** Half a minute, or longer where the device deadline would make it more looks than one execution takes. */
export const rollbackLookSeconds = (rollout: Pick<Rollout, 'file'>): number =>
  Math.max(SHORTEST_LOOK_SECONDS, Math.ceil((2 * deadlineMilliseconds(rollout)) / 1000 / LOOKS));

/** Whether the rollout is being taken back now: once that is done, its steps change nothing any more. */
export const isRollingBack = ({ phase }: Pick<Rollout, 'phase'>): boolean =>
  phase === 'RollingBack';

function reasonOf({ phase, endReason }: Rollout, reason: string): string {
  if (endReason === undefined || endReason.includes(reason)) return endReason ?? reason;
  return phase === 'Failed' ? `${endReason}; ${reason}` : endReason;
}

/**
 * The rollout as it begins to be taken back; how it ends and why was decided by who asked first. One that has been taken back
 * already stays as it is. Throws InvalidPayloadError for one that is promoted.
 */
export function beginRollback(
  rollout: Rollout,
  asked: { phase: 'Aborted' | 'Superseded'; reason: string; executionArn: string },
): Rollout {
  if (rollout.phase === 'Promoted')
    throw new InvalidPayloadError(
      `rollout ${rollout.rolloutId} is promoted: there is nothing to take back`,
    );
  if (rollout.phase === 'Aborted' || rollout.phase === 'Superseded') return rollout;
  const { endedAt: _ended, ...rest } = rollout;
  return {
    ...rest,
    phase: 'RollingBack',
    endsAs: rollout.endsAs ?? asked.phase,
    endReason: reasonOf(rollout, asked.reason),
    rollbackExecutionArn: asked.executionArn,
  };
}

/** The newest revision of a target or of a rollout group; `step` is the rollout's own step that made it. */
export interface StandingRevision {
  readonly deploymentId: string;
  readonly revisionId: string;
  readonly jobId: string | undefined;
  /** Devices get it, or have got it: nobody has ended or replaced it. */
  readonly isInForce: boolean;
  readonly step: string | undefined;
}

/** What a rollout finds on its target and on its group. */
export interface Standing {
  readonly rolloutGroupArn: string | undefined;
  readonly target: StandingRevision | undefined;
  readonly group: StandingRevision | undefined;
}

const made = (revision: StandingRevision | undefined, step: string) =>
  revision?.step === step ? revision : undefined;

function promotion(target: StandingRevision | undefined): Partial<Rollout> {
  // One thing is given the release by its own revision from the start.
  const own = made(target, 'PromoteTarget') ?? made(target, 'AdmitWave');
  return own ? { targetDeploymentId: own.deploymentId, targetJobId: own.jobId } : {};
}

function release(group: StandingRevision | undefined): Partial<Rollout> {
  const own = made(group, 'DeployRelease');
  return own ? { deploymentId: own.deploymentId, jobId: own.jobId } : {};
}

/** The rollout with what a step of its own had made, but died before it was kept. */
export function withStanding(rollout: Rollout, { rolloutGroupArn, target, group }: Standing) {
  const baseline = made(target, 'DeployBaseline');
  const document = { components: {} };
  return {
    ...rollout,
    ...(rolloutGroupArn !== undefined && { rolloutGroupArn }),
    ...(baseline &&
      rollout.baseline === undefined && {
        baseline: {
          deploymentId: baseline.deploymentId,
          revisionId: baseline.revisionId,
          document,
        },
      }),
    ...release(group),
    ...promotion(target),
  };
}

/** The devices of the drain that are still to be waited for: in progress, silent since the cancel, and within the deadline. */
export function stillDraining(
  rollout: Pick<Rollout, 'file' | 'canceledAt'>,
  names: readonly string[],
  seen: {
    readonly at: number;
    readonly inProgress: ReadonlySet<string>;
    readonly reportedAt: ReadonlyMap<string, number>;
  },
): string[] {
  const canceledAt = rollout.canceledAt ?? seen.at;
  if (seen.at >= canceledAt + deadlineMilliseconds(rollout)) return [];
  return names.filter(
    (thing) => seen.inProgress.has(thing) && (seen.reportedAt.get(thing) ?? 0) <= canceledAt,
  );
}

/** One device's run of one deployment; `isStarted`: it has got the deployment, whatever became of it. */
export interface DeviceExecution {
  readonly thing: string;
  readonly status: string;
  readonly isStarted: boolean;
}

/**
 * The devices that got the release and are still there: those whose execution has begun, and those that were in progress when
 * it was cancelled. A device that can't take a subdeployment at all never got it from the rollout group.
 */
export function hitDevices(
  { skipped, targetDeploymentId }: Pick<Rollout, 'skipped' | 'targetDeploymentId'>,
  seen: {
    readonly executions: readonly DeviceExecution[];
    readonly drained: readonly string[];
    readonly members: readonly string[];
  },
): string[] {
  const started = seen.executions.filter(({ isStarted }) => isStarted).map(({ thing }) => thing);
  const got = new Set([...started, ...seen.drained]);
  const unable = new Set(targetDeploymentId === undefined ? skipped.map(({ thing }) => thing) : []);
  return seen.members.filter((thing) => got.has(thing) && !unable.has(thing)).sort();
}

/** Where the revert document goes, and which revision it replaces there; or why it goes nowhere. */
export type RevertPlan =
  | { readonly goes: 'group' | 'target'; readonly replaces: string }
  | { readonly goes: 'nowhere'; readonly why: string };

const nowhere = (why: string): RevertPlan => ({ goes: 'nowhere', why });

const isOwn = (revision: StandingRevision | undefined, deploymentId: string) =>
  revision?.deploymentId === deploymentId || revision?.step === 'RevertRelease';

const foreign = (where: string, revision: StandingRevision | undefined) =>
  nowhere(
    `${where} has ${revision?.deploymentId ?? 'nothing'} as its newest revision, which is somebody else's`,
  );

function revertOfTarget(targetDeploymentId: string, { target }: Standing): RevertPlan {
  return isOwn(target, targetDeploymentId)
    ? { goes: 'target', replaces: targetDeploymentId }
    : foreign('the target', target);
}

function revertOfGroup(
  { deploymentId, baseline }: Rollout,
  { target, group }: Standing,
): RevertPlan {
  if (baseline === undefined || target?.deploymentId !== baseline.deploymentId)
    return foreign('the target', target);
  return deploymentId !== undefined && isOwn(group, deploymentId)
    ? { goes: 'group', replaces: deploymentId }
    : foreign('the rollout group', group);
}

/** Decides how the hit devices are taken back. What somebody else has deployed is never overwritten. */
export function revertOf(rollout: Rollout, hit: number, standing: Standing): RevertPlan {
  const { file, deploymentId, targetDeploymentId } = rollout;
  if (file.strategy.onAbort === 'stop') return nowhere('the rollout file says onAbort: stop');
  if (targetDeploymentId !== undefined) return revertOfTarget(targetDeploymentId, standing);
  if (deploymentId === undefined || hit === 0) return nowhere('no device got the release');
  return revertOfGroup(rollout, standing);
}
