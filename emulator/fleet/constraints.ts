import semver from 'semver';
import { errorTypesOf } from './error-codes.js';
import type { Refusal } from './outcome.js';

/** npm ranges for one component, by who requires them. */
export type Constraints = Map<string, string>;

/** A deployment that can't be resolved changes nothing on the device. */
export function refusal(codes: readonly string[], failureCause: string): { refusal: Refusal } {
  const errorStack = ['DEPLOYMENT_FAILURE', ...codes];
  return {
    refusal: {
      status: 'FAILED',
      detailedStatus: 'FAILED_NO_STATE_CHANGE',
      failureCause,
      errorStack,
      errorTypes: errorTypesOf(errorStack, ''),
    },
  };
}

const list = (component: string, constraints: Constraints) =>
  `Component ${component} version constraints: ${[...constraints]
    .map(([requirer, range]) => `${requirer} requires ${range}`)
    .join(', ')}.`;

/** Documented: nucleus source, NoAvailableComponentVersionException: message and codes. */
export const noVersion = (component: string, constraints: Constraints) =>
  refusal(
    ['NO_AVAILABLE_COMPONENT_VERSION', 'COMPONENT_VERSION_REQUIREMENTS_NOT_MET'],
    'No local or cloud component version satisfies the requirements. Check whether the version constraints conflict ' +
      'and that the component exists in your AWS account with a version that matches the version constraints. ' +
      'If the version constraints conflict, revise deployments to resolve the conflict. ' +
      list(component, constraints),
  );

/** Documented: nucleus source, IncompatiblePlatformClaimByComponentException: codes and second half of the message. */
export const noPlatform = (component: string, constraints: Constraints) =>
  refusal(
    ['NO_AVAILABLE_COMPONENT_VERSION', 'COMPONENT_VERSION_REQUIREMENTS_NOT_MET'],
    'The version of component requested does not claim platform compatibility. Check whether the component platform ' +
      'specifications mentioned in its recipe match the core device platform constraints. ' +
      list(component, constraints),
  );

/**
 * Documented: developer guide, "Component recipe reference": constraints are npm ranges; a pre-release satisfies only
 * a range that names a pre-release of the same major.minor.patch.
 */
export const satisfiesAll = (version: string, constraints: Constraints) =>
  [...constraints.values()].every((range) => semver.satisfies(version, range));
