import {
  CancelDeploymentCommand,
  ConflictException,
  CreateDeploymentCommand,
  DeleteDeploymentCommand,
  GetDeploymentCommand,
  paginateListDeployments,
  type CreateDeploymentCommandInput,
  type GetDeploymentCommandOutput,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { DeploymentDocument } from '../domain/deployment-document.js';
import { ThrottledError } from '../domain/errors.js';
import { collect } from './collect.js';
import { absent, translate } from './translate.js';

const Created = z.object({ deploymentId: z.string(), iotJobId: z.string().optional() });
const Summary = z.object({
  targetArn: z.string(),
  deploymentId: z.string(),
  revisionId: z.string(),
  deploymentStatus: z.string(),
  creationTimestamp: z.date(),
  parentTargetArn: z.string().nullish(),
});
const Deployment = z.object({
  deploymentId: z.string(),
  deploymentStatus: z.string(),
  isLatestForTarget: z.boolean(),
  iotJobId: z.string().nullish(),
  tags: z.record(z.string(), z.string()).nullish(),
});

interface Target {
  readonly targetArn: string;
  readonly parentTargetArn?: string;
  readonly clientToken: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The rate and the time-out of a job: a thing's deployment has none. */
  readonly inProgressTimeoutInMinutes?: number;
  readonly maximumPerMinute?: number;
}

/** What the service gives back as null was never set; a document keeps only what was. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(
    ([, member]) => member !== null && member !== undefined,
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
};

const documentOf = (found: GetDeploymentCommandOutput): DeploymentDocument =>
  DeploymentDocument.parse(
    withoutNulls({
      deploymentName: found.deploymentName,
      components: found.components ?? {},
      deploymentPolicies: found.deploymentPolicies,
      tags: found.tags,
    }),
  );

const inputOf = (
  document: DeploymentDocument,
  { inProgressTimeoutInMinutes, maximumPerMinute, tags, ...target }: Target,
): CreateDeploymentCommandInput => ({
  ...document,
  ...target,
  tags: { ...document.tags, ...tags },
  ...(inProgressTimeoutInMinutes && {
    iotJobConfiguration: {
      timeoutConfig: { inProgressTimeoutInMinutes },
      ...(maximumPerMinute && { jobExecutionsRolloutConfig: { maximumPerMinute } }),
    },
  }),
});

/** The job takes a moment to be cancelled; until then the service refuses to delete, and trying again helps. */
const deleted = (cause: unknown) => {
  if (cause instanceof ConflictException) throw new ThrottledError(cause.message, { cause });
  return absent(cause);
};

/** Deployments and the revisions of a target. */
export function connectDeployments(client: GreengrassV2Client) {
  const listDeployments = (targetArn: string | undefined, historyFilter: 'ALL' | 'LATEST_ONLY') =>
    collect(
      paginateListDeployments({ client, pageSize: 100 }, { targetArn, historyFilter }),
      (page) => page.deployments,
    ).then((found) => z.array(Summary).parse(found), translate);

  const deployment = async (deploymentId: string) => {
    const found = await client.send(new GetDeploymentCommand({ deploymentId })).catch(absent);
    return found && Deployment.parse(found);
  };

  return {
    /** Every revision of a target, oldest first, without its document. */
    async revisions(targetArn: string) {
      const found = await listDeployments(targetArn, 'ALL');
      return found.sort((a, b) => Number(a.revisionId) - Number(b.revisionId));
    },

    /** The newest revision of a target, or undefined where it never had one. */
    async latestRevision(targetArn: string) {
      const [latest] = await listDeployments(targetArn, 'LATEST_ONLY');
      return latest;
    },

    /** The newest revision of every target of the account in the Region: one call per 100. */
    latestRevisions: () => listDeployments(undefined, 'LATEST_ONLY'),

    async document(deploymentId: string): Promise<DeploymentDocument> {
      return documentOf(
        await client.send(new GetDeploymentCommand({ deploymentId })).catch(translate),
      );
    },

    /** Undefined where it has been deleted. */
    deployment,

    /** Creates a revision of a thing group, with a job, or of a thing, without. The same `clientToken` gives the same deployment for 8 hours. */
    async createDeployment(document: DeploymentDocument, target: Target) {
      const command = new CreateDeploymentCommand(inputOf(document, target));
      return Created.parse(await client.send(command).catch(translate));
    },

    /** Ends a deployment: nobody else gets it. One that has ended or is gone is as wanted. */
    async cancelDeployment(deploymentId: string): Promise<void> {
      const found = await deployment(deploymentId);
      if (found?.deploymentStatus === 'ACTIVE')
        await client.send(new CancelDeploymentCommand({ deploymentId })).catch(absent);
    },

    /** Cancels, if it is still active, and deletes; a deployment that is gone already is as wanted. */
    async removeDeployment(deploymentId: string): Promise<void> {
      const found = await deployment(deploymentId);
      if (found?.deploymentStatus === 'ACTIVE')
        await client.send(new CancelDeploymentCommand({ deploymentId })).catch(absent);
      if (found) await client.send(new DeleteDeploymentCommand({ deploymentId })).catch(deleted);
    },
  };
}
