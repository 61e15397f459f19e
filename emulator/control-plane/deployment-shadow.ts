import type { Cloud, Deployment, Execution } from '../cloud.js';
import { configurationArn, thingArn } from './arns.js';
import { deploymentDocument } from './deployment-document.js';

/** Documented: nucleus source, ShadowDeploymentListener: the shadow's name. */
export const DEPLOYMENT_SHADOW = 'AWSManagedGreengrassV2Deployment';

type Known = Pick<
  Cloud,
  'region' | 'account' | 'clock' | 'deployments' | 'revisions' | 'coreDevices'
>;

interface Reported {
  readonly deployment: Deployment;
  readonly execution: Execution;
}

/** The thing deployments that there are of a thing, oldest first. */
const deploymentsOf = (cloud: Known, thingName: string): Deployment[] =>
  (cloud.revisions.get(thingArn(cloud, thingName)) ?? []).flatMap(
    (id) => cloud.deployments.get(id) ?? [],
  );

/** What the device has reported last: it reports the start and the end of each. */
function lastReported(deployments: readonly Deployment[], thingName: string): Reported | undefined {
  const started = deployments.flatMap((deployment) => {
    const execution = deployment.executions.get(thingName);
    return execution?.startedAt === undefined ? [] : [{ deployment, execution }];
  });
  return started.reduce<Reported | undefined>(
    (last, each) =>
      last && last.execution.lastUpdatedAt > each.execution.lastUpdatedAt ? last : each,
    undefined,
  );
}

/** Assumed: desiredStatus is SUCCEEDED until the deployment is cancelled, and CANCELED from then on. */
const desiredOf = (cloud: Known, deployment: Deployment) => ({
  fleetConfig: JSON.stringify(deploymentDocument(cloud, deployment)),
  desiredStatus: deployment.status === 'CANCELED' ? 'CANCELED' : 'SUCCEEDED',
});

/** Documented: nucleus source, ShadowDeploymentListener.populateReportedSectionOfShadow: its members. */
const reportedOf = (cloud: Known, { deployment, execution }: Reported) => ({
  fleetConfigurationArnForStatus: configurationArn(cloud, deployment),
  status: execution.status,
  statusDetails: {
    detailedStatus: execution.details['detailed-deployment-status'],
    failureCause: execution.details['deployment-failure-cause'],
    errorStack: execution.errorStack,
    errorTypes: execution.errorTypes,
  },
  ggcVersion: cloud.coreDevices.get(execution.thingName)?.coreVersion,
});

const secondsOf = (time: number) => Math.floor(time / 1000);

const metadataOf = (members: object, time: number) =>
  Object.fromEntries(Object.keys(members).map((key) => [key, { timestamp: secondsOf(time) }]));

/** Each creation, cancellation, start and end has changed it once. */
const versionOf = (deployments: readonly Deployment[], thingName: string) =>
  deployments.reduce((sum, { canceledAt, executions }) => {
    const execution = executions.get(thingName);
    const isStarted = execution?.startedAt !== undefined;
    const isEnded = isStarted && execution.status !== 'IN_PROGRESS';
    return sum + 1 + [canceledAt !== undefined, isStarted, isEnded].filter(Boolean).length;
  }, 0);

/** Whether a thing has the shadow of its deployments. Assumed: it does as long as one of them hasn't been deleted. */
export const hasDeploymentShadow = (cloud: Known, thingName: string): boolean =>
  deploymentsOf(cloud, thingName).length > 0;

/**
 * The shadow by which a thing gets its deployments, as the shadow service shows it: made of what is known of the
 * deployments, so that a fleet keeps no shadows. Undefined if the thing has none.
 */
export function deploymentShadow(cloud: Known, thingName: string): object | undefined {
  const deployments = deploymentsOf(cloud, thingName);
  const latest = deployments.at(-1);
  if (!latest) return undefined;
  const desired = desiredOf(cloud, latest);
  const last = lastReported(deployments, thingName);
  const reported = last && reportedOf(cloud, last);
  return {
    state: { desired, ...(reported && { reported }) },
    metadata: {
      desired: metadataOf(desired, latest.canceledAt ?? latest.creationTimestamp),
      ...(last && reported && { reported: metadataOf(reported, last.execution.lastUpdatedAt) }),
    },
    version: versionOf(deployments, thingName),
    timestamp: secondsOf(cloud.clock.now()),
  };
}
