import type { CreateDeploymentRequest } from '@aws-sdk/client-greengrassv2';
import type { Cloud, Deployment } from '../cloud.js';
import { conflict, notFound } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { deploymentArn, parseTarget, thingGroupArn } from './arns.js';
import type { Assumptions } from './assumptions.js';
import { createCancellation, type Cancellation } from './cancellation.js';
import { checkDocument, checkRate, createTargetCheck } from './deployment-checks.js';
import { isPending, type Executions } from './executions.js';
import type { Identifiers } from './identifiers.js';
import { JobDeletions } from './job-deletions.js';
import type { JobRollout } from './job-rollout.js';
import type { Job } from './job-view.js';
import { createNewDeployment } from './new-deployment.js';
import type { Registry } from './registry.js';
import { withTags } from './tagging.js';

/** How long a cancelled deployment can't be deleted, where that is assumed. */
const RACE_MS = 10_000;

interface Parts {
  readonly cloud: Cloud;
  readonly identifiers: Identifiers;
  readonly registry: Registry;
  readonly executions: Executions;
  readonly jobRollout: JobRollout;
  readonly assumptions: Assumptions;
}

/** Deployments from their creation to their deletion, and who gets them. */
export class Deployments {
  readonly #parts: Parts;
  readonly #cloud: Cloud;
  readonly #checkTarget: ReturnType<typeof createTargetCheck>;
  readonly #newDeployment: ReturnType<typeof createNewDeployment>;
  readonly #deletions: JobDeletions;
  readonly #cancelExecutions: Cancellation;
  /** ACTIVE subdeployments by the ARN of each target above them. */
  readonly #below = new Map<string, Set<Deployment>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#cloud = parts.cloud;
    const { cloud, registry, executions, assumptions } = parts;
    this.#checkTarget = createTargetCheck(cloud, registry, assumptions);
    this.#cancelExecutions = createCancellation(cloud, executions, assumptions);
    this.#newDeployment = createNewDeployment(parts.cloud, parts.identifiers);
    this.#deletions = new JobDeletions(parts.cloud);
  }

  find(deploymentId: string): Deployment {
    const found = this.#cloud.deployments.get(deploymentId);
    if (!found) throw notFound('deployment', deploymentId);
    return found;
  }

  /** The deployment of a job, also while the job is being deleted. */
  ofJob(jobId: string): Job {
    const deleted = this.#deletions.of(jobId);
    if (deleted) return { deployment: deleted, isBeingDeleted: true, isConcurrent: false };
    const deploymentId = this.#cloud.jobs.get(jobId);
    if (deploymentId === undefined) throw notFound('Job', jobId);
    const deployment = this.find(deploymentId);
    const isCancelling = deployment.status !== 'ACTIVE' && deployment.counts.QUEUED > 0;
    const isConcurrent = isCancelling || this.#parts.jobRollout.isHandingOut(deployment);
    return { deployment, isBeingDeleted: false, isConcurrent };
  }

  /** All jobs, the newest first. */
  jobs(): Job[] {
    const ids = [...this.#cloud.jobs.keys(), ...this.#deletions.jobIds()];
    return ids
      .map((jobId) => this.ofJob(jobId))
      .sort((a, b) => b.deployment.sequence - a.deployment.sequence);
  }

  create(request: Checked<CreateDeploymentRequest>, { atOnce }: { atOnce: boolean }): Deployment {
    const { registry, executions, jobRollout } = this.#parts;
    this.#checkTarget(request);
    checkDocument(request, this.#parts.assumptions);
    checkRate(request);
    const tags = withTags({}, request.tags ?? {});
    this.#supersede(request.targetArn);
    const deployment = this.#newDeployment(request);
    this.#keep(deployment);
    this.#cloud.tags.set(deploymentArn(this.#cloud, deployment.deploymentId), tags);
    const { kind, name } = parseTarget(request.targetArn);
    const things = kind === 'thing' ? [name] : registry.membersOf(name);
    if (atOnce || kind === 'thing') for (const thing of things) executions.queue(deployment, thing);
    else jobRollout.add(deployment, things);
    return deployment;
  }

  /** Ends an ACTIVE deployment: nobody else gets it, and it takes no more updates. */
  end(deployment: Deployment, status: 'CANCELED' | 'INACTIVE' | 'FAILED'): void {
    deployment.status = status;
    deployment.canceledAt = this.#cloud.clock.now();
    this.#parts.jobRollout.end(deployment);
    for (const arn of deployment.ancestors) this.#below.get(arn)?.delete(deployment);
    this.#cancelExecutions(deployment);
  }

  cancel(deploymentId: string): void {
    const deployment = this.find(deploymentId);
    if (deployment.status === 'ACTIVE') this.end(deployment, 'CANCELED');
    // Assumed: the text of the refusal.
    else if (deployment.status !== 'CANCELED' && this.#parts.assumptions.refusesToCancelEnded)
      throw conflict('deployment', deploymentId, `Deployment ${deploymentId} has ended`);
  }

  delete(deploymentId: string): void {
    const { deployments, tags, revisions, jobs } = this.#cloud;
    const deployment = this.find(deploymentId);
    const { targetArn, jobId } = deployment;
    this.#checkDeletable(deployment);
    if (jobId !== undefined) {
      this.#deletions.start(jobId, deployment);
      jobs.delete(jobId);
    }
    this.#parts.executions.forget(deployment);
    deployments.delete(deploymentId);
    tags.delete(deploymentArn(this.#cloud, deploymentId));
    // Assumed: no former revision becomes the target's latest, so LATEST_ONLY then finds none of it.
    const rest = (revisions.get(targetArn) ?? []).filter((id) => id !== deploymentId);
    if (rest.length > 0) revisions.set(targetArn, rest);
    else revisions.delete(targetArn);
  }

  #checkDeletable({ deploymentId, status, canceledAt }: Deployment): void {
    // Documented: API model, DeleteDeployment: cancel first. Assumed: the text of the refusal.
    if (status === 'ACTIVE')
      throw conflict('deployment', deploymentId, 'Cancel an active deployment before deleting it');
    // Assumed: the text of this one, too.
    const isRecent = this.#cloud.clock.now() < (canceledAt ?? -Infinity) + RACE_MS;
    if (status === 'CANCELED' && isRecent && this.#parts.assumptions.deletionRacesCancel)
      throw conflict('deployment', deploymentId, `Deployment ${deploymentId} is being cancelled`);
  }

  /** Documented: developer guide, "Manage deployments": a device that is added to a group gets the group's latest deployment. */
  join(thingName: string, groups: readonly string[]): void {
    for (const deployment of this.#activeOf(groups))
      this.#parts.jobRollout.add(deployment, [thingName]);
  }

  /** Documented: AWS IoT developer guide, "Jobs": an execution of one who leaves before its end is REMOVED. */
  leave(thingName: string, groups: readonly string[]): void {
    const { executions, jobRollout } = this.#parts;
    for (const deployment of this.#activeOf(groups)) {
      jobRollout.drop(deployment, thingName);
      const execution = deployment.executions.get(thingName);
      if (!execution || !isPending(execution)) continue;
      executions.move(deployment, execution, 'REMOVED');
      executions.wake(thingName);
    }
  }

  #latestActive(targetArn: string): Deployment | undefined {
    const id = this.#cloud.revisions.get(targetArn)?.at(-1);
    const deployment = id === undefined ? undefined : this.#cloud.deployments.get(id);
    return deployment?.status === 'ACTIVE' ? deployment : undefined;
  }

  #activeOf(groups: readonly string[]): Deployment[] {
    return groups.flatMap((name) => this.#latestActive(thingGroupArn(this.#cloud, name)) ?? []);
  }

  /**
   * Documented: developer guide, "Create subdeployments": a new revision replaces every subdeployment under its target.
   * Assumed: also one whose parent has been cancelled, aborted or deleted.
   */
  #supersede(targetArn: string): void {
    const former = this.#latestActive(targetArn);
    // Documented: developer guide, "Cancel deployments": a new revision cancels the former one.
    const isInactive =
      former?.jobId === undefined && !this.#parts.assumptions.supersededThingIsCanceled;
    if (former) this.end(former, isInactive ? 'INACTIVE' : 'CANCELED');
    for (const id of this.#cloud.revisions.get(targetArn) ?? [])
      this.find(id).isLatestForTarget = false;
    for (const subdeployment of this.#below.get(targetArn) ?? [])
      this.end(subdeployment, 'CANCELED');
  }

  #keep(deployment: Deployment): void {
    const { deploymentId, targetArn, ancestors, jobId } = deployment;
    const { deployments, everCreated, revisions, jobs } = this.#cloud;
    deployments.set(deploymentId, deployment);
    everCreated.push(deployment);
    revisions.set(targetArn, [...(revisions.get(targetArn) ?? []), deploymentId]);
    if (jobId !== undefined) jobs.set(jobId, deploymentId);
    for (const arn of ancestors)
      this.#below.set(arn, (this.#below.get(arn) ?? new Set()).add(deployment));
  }
}
