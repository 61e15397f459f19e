import type { DeploymentDocument } from './deployment-document.js';
import type { Release } from './rollout-file.js';

/** What a device itself says of its failure. */
export interface FailureReason {
  readonly reason: string;
  readonly errorStack: readonly string[];
  readonly errorTypes: readonly string[];
}

/** What a failure is blamed on: only the release is judged by it. */
export type FailureCause = 'release' | 'infrastructure' | 'foreign';

/** What of a rollout tells what a release touches. */
export interface ReleaseShipped {
  readonly file: { readonly release: Release };
  readonly releaseDocument: DeploymentDocument;
}

/** Documented: errorTypes of a deployment that never came to run anything: a network, a server, a permission or a cloud service failed it. */
const INFRASTRUCTURE_TYPES = new Set([
  'NETWORK_ERROR',
  'HTTP_ERROR',
  'SERVER_ERROR',
  'CLOUD_SERVICE_ERROR',
  'PERMISSION_ERROR',
]);

/** Error codes that say the same, though their types don't. */
const INFRASTRUCTURE_CODES = new Set(['THROTTLING_ERROR', 'DEPLOYMENT_INTERRUPTED']);

/** What the release itself brings along: then nothing else is to blame. */
const RELEASE_TYPES = new Set([
  'USER_COMPONENT_ERROR',
  'AWS_COMPONENT_ERROR',
  'COMPONENT_ERROR',
  'COMPONENT_RECIPE_ERROR',
]);

/** Documented: what a nucleus answers that has taken a newer deployment of the same target meanwhile. */
const STALE = 'REJECTED_STALE_DEPLOYMENT';

/** Documented: detailed statuses of a device that isn't what it was before. */
const LEFT_CHANGED = /FAILED_(?:UNABLE_TO_ROLLBACK|ROLLBACK_NOT_REQUESTED)/;

/** Documented: nucleus source, DeploymentConfigMerger: how a failure names the component that broke. */
const BROKEN = /Service (\S+) in broken state after deployment/;

const has = (codes: ReadonlySet<string>, found: readonly string[]) =>
  found.some((code) => codes.has(code));

/** Whether a component is deployed beside the release, which doesn't touch it. What is in neither may be a dependency of either. */
const isBeside = ({ file, releaseDocument }: ReleaseShipped, component: string) =>
  file.release.components[component] === undefined &&
  releaseDocument.components[component] !== undefined;

/**
 * What failed a deployment on a device, by what the device says. In doubt it is the release: only error types and codes that say
 * infrastructure, and a broken component that the release leaves as it is, speak it free, and a device that was left changed never does.
 */
export function causeOf(shipped: ReleaseShipped, failure: FailureReason): FailureCause {
  const { reason, errorStack, errorTypes } = failure;
  if (errorStack.includes(STALE)) return 'foreign';
  if (LEFT_CHANGED.test(reason)) return 'release';
  const broken = BROKEN.exec(reason)?.[1];
  if (broken !== undefined && isBeside(shipped, broken)) return 'foreign';
  if (has(RELEASE_TYPES, errorTypes)) return 'release';
  return has(INFRASTRUCTURE_TYPES, errorTypes) || has(INFRASTRUCTURE_CODES, errorStack)
    ? 'infrastructure'
    : 'release';
}

/** A component that is BROKEN on a device. */
export interface BrokenComponent {
  readonly name: string;
  /** For a person: version and details. */
  readonly says: string;
  /** Some deployment names it; else it is a dependency. */
  readonly isRoot: boolean;
}

/** Whether a component that the release ships is broken. */
export const breaksRelease = (
  { file }: ReleaseShipped,
  broken: readonly BrokenComponent[],
): boolean => broken.some(({ name }) => file.release.components[name] !== undefined);

/** What made a device UNHEALTHY: foreign where all that is broken was deployed by itself and the release doesn't touch it. */
export const healthCauseOf = (
  { file }: ReleaseShipped,
  broken: readonly BrokenComponent[],
): FailureCause =>
  broken.length > 0 &&
  broken.every(({ name, isRoot }) => isRoot && file.release.components[name] === undefined)
    ? 'foreign'
    : 'release';
