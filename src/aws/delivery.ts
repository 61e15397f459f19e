import type { Member } from '../domain/admission-order.js';
import type { DeviceExecution } from '../domain/rollback.js';
import type { Rollout } from '../domain/rollout.js';
import { isThing, targetOf } from '../domain/target.js';
import { thingExecution } from '../domain/thing-execution.js';
import type { SeenWave } from '../domain/unhealthy-devices.js';
import type { SkippedRank } from '../domain/wave.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import { observeWave } from './observation.js';
import { deployOnce } from './own-deployment.js';
import { admitMembers, findLeavers } from './rollout-group.js';
import type { Rollouts } from './rollouts.js';
import { observeThing } from './thing-look.js';

// How a release reaches devices and what they make of it: what differs between a group, whose devices join the rollout group and
// report to a job, and one thing, which gets a deployment of its own and is asked itself. No step tells the two apart.

/** What handing out a release takes. */
export interface DeliveryPorts {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

/** Ranks below `size` whose devices have left the target. One thing can't leave itself. */
export const leaversOf = (
  ports: Pick<DeliveryPorts, 'iot' | 'rollouts'>,
  rollout: Rollout,
  size: number,
): Promise<{ rank: number; thing: string }[]> =>
  isThing(rollout.targetArn) ? Promise.resolve([]) : findLeavers(ports, rollout, size);

/**
 * Gives the release to the members, the first of which has rank `from`; once, however often it runs. Answers those that the registry
 * refuses, and the deployment where this has made it. Throws ForeignChangeError where somebody else has deployed, or deleted the group.
 */
export async function deliver(
  { greengrass, iot, rollouts }: DeliveryPorts,
  rollout: Rollout,
  from: number,
  members: readonly Member[],
): Promise<{ refused: SkippedRank[]; made: Pick<Rollout, 'targetDeploymentId'> }> {
  const { rolloutId, targetArn, releaseDocument, baseline } = rollout;
  if (!isThing(targetArn))
    return { refused: await admitMembers(iot, rollout, from, members), made: {} };
  const { deploymentId } = await deployOnce(greengrass, rollout, releaseDocument, {
    step: 'AdmitWave',
    targetArn,
    replaces: baseline?.deploymentId,
  });
  await rollouts.rememberDeployment(deploymentId, rolloutId);
  return { refused: [], made: { targetDeploymentId: deploymentId } };
}

/** One look at the devices that have been given the release. */
export const observe = (ports: DeliveryPorts, rollout: Rollout, at: number): Promise<SeenWave> =>
  isThing(rollout.targetArn) ? observeThing(ports, rollout, at) : observeWave(ports, rollout, at);

/** A deployment as a rollout knows it: of a group by its job. */
export interface Deployed {
  readonly deploymentId: string | undefined;
  readonly jobId: string | undefined;
}

/** What every device has made of one of the rollout's deployments; nothing where there is none. */
export async function executionsOf(
  { greengrass, iot }: Pick<DeliveryPorts, 'greengrass' | 'iot'>,
  { targetArn, file }: Pick<Rollout, 'targetArn' | 'file'>,
  { deploymentId, jobId }: Deployed,
  at: number,
): Promise<DeviceExecution[]> {
  if (!isThing(targetArn)) return jobId === undefined ? [] : iot.executionsOf(jobId);
  if (deploymentId === undefined) return [];
  const { name } = targetOf(targetArn);
  const effective = await greengrass.effectiveDeployment(name, deploymentId);
  const deadlineSeconds = file.strategy.health.deviceDeadlineSeconds;
  return [thingExecution(name, effective, { deadlineSeconds, at })];
}

/** The devices that are at work on the release: on the target's own revision once there is one, for it has replaced the group's. */
export async function thingsInProgress(
  ports: Pick<DeliveryPorts, 'greengrass' | 'iot'>,
  rollout: Rollout,
  at: number,
): Promise<string[]> {
  const { targetArn, targetDeploymentId, targetJobId } = rollout;
  const jobId = targetJobId ?? rollout.jobId;
  if (!isThing(targetArn))
    return jobId === undefined ? [] : ports.iot.thingsWithStatus(jobId, 'IN_PROGRESS');
  const deployed = { deploymentId: targetDeploymentId, jobId };
  const executions = await executionsOf(ports, rollout, deployed, at);
  return executions.flatMap(({ thing, status }) => (status === 'IN_PROGRESS' ? [thing] : []));
}

/** The things of a target that there are: a group's, child groups' included, or the one thing. */
export async function membersOf(iot: Iot, targetArn: string): Promise<string[]> {
  const { kind, name } = targetOf(targetArn);
  if (kind === 'thinggroup') return iot.thingsIn(name);
  return (await iot.thingArn(name)) === undefined ? [] : [name];
}
