import semver from 'semver';
import type { Deployment } from '../cloud.js';
import { refusal } from './constraints.js';
import type { CoreDevice, RunningComponent } from './core-device.js';
import type { Refusal } from './outcome.js';
import type { Slot } from './slots.js';

type Subject = Pick<CoreDevice, 'profile' | 'software'>;

/**
 * From which version of the nucleus on it has a capability.
 * Documented: developer guide, "Greengrass nucleus": the changelog. Later versions have what these have.
 */
const CAPABILITIES: Readonly<Record<string, string>> = {
  LARGE_CONFIGURATION: '2.3.0',
  LINUX_RESOURCE_LIMITS: '2.4.0',
  SUB_DEPLOYMENTS: '2.9.0',
};

/** Why a device doesn't even look what a deployment would change. */
export function refuseDeployment(
  { profile, software }: Subject,
  deployment: Pick<Deployment, 'deploymentId' | 'jobId' | 'requiredCapabilities'>,
  incoming: Slot,
): Refusal | undefined {
  // Documented: nucleus lite source, deployment_queue.c: neither the time of creation nor the capabilities are read.
  if (profile.runtime === 'aws_nucleus_lite') return undefined;
  const missing = deployment.requiredCapabilities.filter((capability) =>
    semver.lt(software.nucleusVersion, CAPABILITIES[capability] ?? '0.0.0'),
  );
  // Documented: nucleus source, DeploymentService.createNewDeployment: message and code.
  if (missing.length > 0)
    return refusal(
      ['NUCLEUS_MISSING_REQUIRED_CAPABILITIES'],
      "The current nucleus version doesn't support one or more capabilities that are required by this deployment: " +
        missing.join(', '),
    ).refusal;
  const before = software.slots.find(({ name }) => name === incoming.name);
  // Documented: nucleus source, DeploymentService.checkIfDeploymentReceivedIsStale: group deployments only, by the creation
  // time of the last one that succeeded, or failed without going back, in the same slot.
  if (deployment.jobId === undefined || !before || incoming.createdAt >= before.createdAt)
    return undefined;
  return {
    status: 'REJECTED',
    detailedStatus: 'REJECTED',
    failureCause:
      `Deployment ${deployment.deploymentId} is older than ${before.deploymentId}, ` +
      `the last one that the device processed for ${incoming.name}`,
    errorStack: ['DEPLOYMENT_REJECTED', 'REJECTED_STALE_DEPLOYMENT'],
    errorTypes: [],
  };
}

const urisOf = ({ source }: RunningComponent) => source?.artifactUris ?? [];

const DOCKER_MANAGER = 'aws.greengrass.DockerApplicationManager';
const TOKEN_EXCHANGE = 'aws.greengrass.TokenExchangeService';
const PRIVATE_ECR = /^docker:\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/i;

const badUri = (uri: string, component: string): Refusal =>
  refusal(
    ['COMPONENT_PACKAGE_LOADING_ERROR', 'ARTIFACT_URI_NOT_VALID', 'UNSUPPORTED_ARTIFACT_SCHEME'],
    `Failed to download due to bad artifact URI: ${uri} for component ${component}. Artifact URI ${uri} is invalid. ` +
      'Only URI schemes supported are [GREENGRASS, S3, DOCKER]',
  ).refusal;

/** Documented: nucleus source, ArtifactDownloaderFactory.checkDownloadPrerequisites: messages, codes and types. */
function refuseArtifacts(components: readonly RunningComponent[]): Refusal | undefined {
  const has = (wanted: string) => components.some(({ name }) => name === wanted);
  for (const component of components)
    for (const uri of urisOf(component)) {
      if (!/^(s3|greengrass|docker):/i.test(uri)) return badUri(uri, component.name);
      if (/^docker:/i.test(uri) && !has(DOCKER_MANAGER))
        return refusal(
          ['MISSING_DOCKER_APPLICATION_MANAGER'],
          `Deployments containing docker artifacts must include the ${DOCKER_MANAGER} component`,
        ).refusal;
      if (PRIVATE_ECR.test(uri) && !has(TOKEN_EXCHANGE))
        return refusal(
          ['MISSING_TOKEN_EXCHANGE_SERVICE'],
          `Deployments containing private ECR Docker artifacts must include the ${TOKEN_EXCHANGE} component`,
        ).refusal;
    }
  return undefined;
}

/** Why a device can't prepare what a deployment would have it run. */
export const refusePreparation = (
  { profile, software }: Subject,
  components: readonly RunningComponent[],
  started: readonly RunningComponent[],
): Refusal | undefined =>
  profile.runtime === 'aws_nucleus_lite'
    ? refuseOverwriting(software.nucleusVersion, components, started)
    : refuseArtifacts(components);

/** Observed: aws-greengrass-lite issues 917 and 965: a component that stays is downloaded again, onto what runs. */
function refuseOverwriting(
  nucleusVersion: string,
  components: readonly RunningComponent[],
  started: readonly RunningComponent[],
): Refusal | undefined {
  // Documented: nucleus lite source, release notes of 2.2.2: it has been put right there.
  if (semver.gte(nucleusVersion, '2.2.2')) return undefined;
  const running = components.find(
    (each) => each.state === 'RUNNING' && !started.includes(each) && urisOf(each).length > 0,
  );
  return running && refusal([], `${running.name} is running and can't be written`).refusal;
}
