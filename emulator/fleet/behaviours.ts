import type { BehaviourSpec } from '../fleet-file.js';
import type { CoreDevice } from './core-device.js';
import { errorTypesOf } from './error-codes.js';
import type { Outcome, Refusal } from './outcome.js';
import { draw } from './random.js';

/** A component version that a rule may be about. */
export interface Subject {
  readonly name: string;
  readonly version: string;
}

/** What a component may say when the nucleus asks it, before a deployment changes anything. */
export const ANSWERS = ['DEFERS', 'NO_ANSWER', 'INVALID_CONFIGURATION'] as const;
type Answer = (typeof ANSWERS)[number];

/** A deployment's failureHandlingPolicy. */
type Policy = 'ROLLBACK' | 'DO_NOTHING' | undefined;

const isAnswer = ({ outcome }: BehaviourSpec) => ANSWERS.some((answer) => answer === outcome);

const holds = (
  rule: BehaviourSpec,
  index: number,
  seed: number,
  { thingName, platform }: Pick<CoreDevice, 'thingName' | 'platform'>,
) =>
  (rule.platform === undefined || rule.platform === `${platform.os}/${platform.architecture}`) &&
  draw(seed, 'behaviour', index, thingName) < rule.share;

const concerns = (rule: BehaviourSpec, subjects: readonly Subject[]) =>
  subjects.some(({ name, version }) => name === rule.component && version === rule.version);

/**
 * What the fleet file says a device does with what it starts: the first rule that names a started version, fits the
 * platform and whose share holds this thing. Undefined: it runs.
 */
export const behaviourOf = (
  rules: readonly BehaviourSpec[],
  seed: number,
  device: Pick<CoreDevice, 'thingName' | 'platform'>,
  started: readonly Subject[],
): BehaviourSpec | undefined =>
  rules.find(
    (rule, index) => !isAnswer(rule) && concerns(rule, started) && holds(rule, index, seed, device),
  );

/** What the fleet file says the components that are asked answer, of the answers that are looked for. */
export const answersOf = (
  rules: readonly BehaviourSpec[],
  seed: number,
  device: Pick<CoreDevice, 'thingName' | 'platform'>,
  asked: readonly Subject[],
  wanted: readonly Answer[],
): BehaviourSpec[] =>
  rules.filter(
    (rule, index) =>
      wanted.some((answer) => answer === rule.outcome) &&
      concerns(rule, asked) &&
      holds(rule, index, seed, device),
  );

/** Assumed: the codes of a device that refuses for a reason of its own. */
export function rejection(rule: BehaviourSpec): Refusal {
  const { component, version, errorStack = ['DEPLOYMENT_REJECTED'] } = rule;
  return {
    status: 'REJECTED',
    detailedStatus: 'REJECTED',
    failureCause: `Deployment of ${component} ${version} rejected by the device`,
    errorStack,
    errorTypes: rule.errorTypes ?? errorTypesOf(errorStack, component),
  };
}

// Documented: developer guide, "Deployment health notifications", the sample event: its codes.
const DOWNLOAD_STACK = [
  'DEPLOYMENT_FAILURE',
  'ARTIFACT_DOWNLOAD_ERROR',
  'S3_ERROR',
  'S3_ACCESS_DENIED',
  'S3_HEAD_OBJECT_ACCESS_DENIED',
];
const BROKEN_STACK = ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'];
const INVALID_STACK = ['DEPLOYMENT_FAILURE', 'COMPONENT_CONFIGURATION_NOT_VALID'];

/**
 * How a device is left.
 * Documented: nucleus source, DefaultActivator: after the merge the deployment's failureHandlingPolicy decides whether the
 * device goes back, and only one that does can be unable to; before it nothing has changed yet.
 */
function detailedStatusOf({ detailedStatus }: BehaviourSpec, policy: Policy) {
  if (detailedStatus === 'FAILED_NO_STATE_CHANGE') return detailedStatus;
  if (policy === 'DO_NOTHING') return 'FAILED_ROLLBACK_NOT_REQUESTED';
  return detailedStatus === 'FAILED_UNABLE_TO_ROLLBACK'
    ? detailedStatus
    : 'FAILED_ROLLBACK_COMPLETE';
}

/** How a deployment fails on a device. */
export function failure(rule: BehaviourSpec, policy: Policy): Outcome {
  const { component, version } = rule;
  const detailedStatus = detailedStatusOf(rule, policy);
  const isBeforeMerge = detailedStatus === 'FAILED_NO_STATE_CHANGE';
  const failureCause = isBeforeMerge
    ? `Failed to download artifact name: '${component}' for component ${component}-${version}`
    : `Service ${component} in broken state after deployment`;
  const errorStack = rule.errorStack ?? (isBeforeMerge ? DOWNLOAD_STACK : BROKEN_STACK);
  return {
    status: 'FAILED',
    detailedStatus,
    failureCause,
    errorStack,
    errorTypes: rule.errorTypes ?? errorTypesOf(errorStack, component),
  };
}

/** Documented: nucleus source, DynamicComponentConfigurationValidator: nothing has changed yet; the message. */
const invalid = (component: string, failureCause: string): Refusal => ({
  status: 'FAILED',
  detailedStatus: 'FAILED_NO_STATE_CHANGE',
  failureCause,
  errorStack: INVALID_STACK,
  errorTypes: errorTypesOf(INVALID_STACK, component),
});

/** How a deployment fails whose configuration a component doesn't take. */
export const invalidConfiguration = ({ component }: BehaviourSpec): Refusal =>
  invalid(
    component,
    `Components reported that their to-be-deployed configuration is invalid { name = ${component}, ` +
      'message = invalid configuration }',
  );

/** How a deployment fails, by one reading, where a component never says whether it takes its configuration. */
export const unansweredValidation = ({ component }: BehaviourSpec): Refusal =>
  invalid(component, 'Error while waiting for validation report for one or more components:null');
