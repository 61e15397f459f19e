import * as z from 'zod';

/** What can be wrong with a core device: a closed list. */
export const Cause = z.enum([
  'BrokenComponent',
  'ComponentFailed',
  'NotRolledBack',
  'TransientFault',
  'DependencyFault',
  'NucleusFault',
  'TimedOut',
  'StuckDeployment',
  'MissedDeployment',
  'PermissionDenied',
  'InvalidRequest',
  'BadRecipe',
  'DeviceFault',
  'Rejected',
  'StaleDeployment',
  'Silent',
  'HungNucleus',
  'Unexplained',
]);
export type Cause = z.infer<typeof Cause>;

/**
 * What is done to one device. redeliver: its own document once more, or an empty one. retry: the target's document, as a
 * subdeployment to the few that failed. cancelExecution: ends the one execution that blocks its queue. takeBack: the last
 * revision that ran there, as a subdeployment.
 */
export const Remedy = z.enum(['redeliver', 'retry', 'cancelExecution', 'takeBack']);
export type Remedy = z.infer<typeof Remedy>;

interface Answer {
  /** Tried first, and again until the last attempt; undefined where no machine can help. */
  readonly first: Remedy | undefined;
  /** The last attempt, where it is not also the first. */
  readonly last?: Remedy;
  /** What is for a person to do, or why there is nothing to do. */
  readonly person: string;
}

/** What is done about each cause. */
export const ANSWERS: Readonly<Record<Cause, Answer>> = {
  BrokenComponent: {
    first: 'redeliver',
    last: 'takeBack',
    person: 'read the component log on the device: it breaks again whenever it is installed anew',
  },
  ComponentFailed: {
    first: 'retry',
    person: 'read the component log on the device: this version does not start there',
  },
  NotRolledBack: {
    first: 'takeBack',
    person:
      'see to the device: the deployment failed there, was not rolled back, and nothing is known that ran there before',
  },
  TransientFault: {
    first: 'retry',
    person: 'check the network between the device and AWS',
  },
  DependencyFault: {
    first: 'retry',
    person: 'check what the component is fetched from: Docker registry or S3 bucket',
  },
  NucleusFault: {
    first: 'retry',
    person: 'read greengrass.log on the device: the nucleus itself has failed',
  },
  TimedOut: {
    first: 'retry',
    person: 'read greengrass.log on the device: it never ends this deployment',
  },
  StuckDeployment: {
    first: 'cancelExecution',
    person: 'read greengrass.log on the device: it never ends this deployment',
  },
  MissedDeployment: {
    first: 'retry',
    person: 'read greengrass.log on the device: it hangs at this deployment whenever it gets it',
  },
  PermissionDenied: {
    first: undefined,
    person:
      'correct the IAM role, the IoT policy or the bucket policy; trying again changes no permission',
  },
  InvalidRequest: {
    first: undefined,
    person:
      'revise the deployment: what it asks for conflicts with another one, is not there, or this nucleus cannot do it',
  },
  BadRecipe: {
    first: undefined,
    person:
      'publish a corrected component version: a version can not be changed, and is as bad on every device',
  },
  DeviceFault: {
    first: undefined,
    person: 'see to the device itself: its disk, its files or its permissions',
  },
  Rejected: {
    first: undefined,
    person: 'the device refuses this deployment for a reason of its own: read greengrass.log there',
  },
  StaleDeployment: {
    first: undefined,
    person: 'nothing is wrong: the device runs something newer',
  },
  Silent: {
    first: undefined,
    person: 'bring the device back to the network: nothing reaches it',
  },
  HungNucleus: {
    first: undefined,
    person:
      'restart the device: it is connected and takes no deployment, and cancelling frees it not',
  },
  Unexplained: {
    first: 'retry',
    person: 'read greengrass.log on the device: it does not say why it failed',
  },
};

/**
 * The cause behind each error type. The order is the order in which they count where a device names several: what no repetition
 * can help comes first.
 */
const BY_TYPE: readonly (readonly [string, Cause])[] = [
  ['PERMISSION_ERROR', 'PermissionDenied'],
  ['COMPONENT_RECIPE_ERROR', 'BadRecipe'],
  ['REQUEST_ERROR', 'InvalidRequest'],
  ['DEVICE_ERROR', 'DeviceFault'],
  ['NETWORK_ERROR', 'TransientFault'],
  ['HTTP_ERROR', 'TransientFault'],
  ['SERVER_ERROR', 'TransientFault'],
  ['CLOUD_SERVICE_ERROR', 'TransientFault'],
  ['USER_COMPONENT_ERROR', 'ComponentFailed'],
  ['AWS_COMPONENT_ERROR', 'ComponentFailed'],
  ['COMPONENT_ERROR', 'ComponentFailed'],
  ['DEPENDENCY_ERROR', 'DependencyFault'],
  ['NUCLEUS_ERROR', 'NucleusFault'],
  ['UNKNOWN_ERROR', 'Unexplained'],
];

/** Codes without a type, and those that say more than their type does. */
const BY_CODE: Readonly<Record<string, Cause>> = {
  REJECTED_STALE_DEPLOYMENT: 'StaleDeployment',
  DEPLOYMENT_INTERRUPTED: 'TransientFault',
  THROTTLING_ERROR: 'TransientFault',
  CONFLICTED_REQUEST: 'TransientFault',
  CLOUD_API_ERROR: 'TransientFault',
  ARTIFACT_DOWNLOAD_ERROR: 'TransientFault',
  NO_AVAILABLE_COMPONENT_VERSION: 'InvalidRequest',
  DEPLOYMENT_DOCUMENT_NOT_VALID: 'InvalidRequest',
  EMPTY_DEPLOYMENT_REQUEST: 'InvalidRequest',
  DEPLOYMENT_DOCUMENT_PARSE_ERROR: 'InvalidRequest',
  DEPLOYMENT_DOCUMENT_SIZE_EXCEEDED: 'InvalidRequest',
  COMPONENT_METADATA_NOT_VALID_IN_DEPLOYMENT: 'InvalidRequest',
  COMPONENT_CONFIGURATION_NOT_VALID: 'InvalidRequest',
  CUSTOM_PLUGIN_NOT_SUPPORTED: 'InvalidRequest',
  DEPLOYMENT_TYPE_NOT_VALID: 'InvalidRequest',
  COMPONENT_PACKAGE_LOADING_ERROR: 'BadRecipe',
  IO_ERROR: 'DeviceFault',
  IO_MAPPING_ERROR: 'DeviceFault',
  COMPONENT_UPDATE_ERROR: 'ComponentFailed',
  COMPONENT_BROKEN: 'ComponentFailed',
  REMOVE_COMPONENT_ERROR: 'ComponentFailed',
  COMPONENT_BOOTSTRAP_TIMEOUT: 'ComponentFailed',
  COMPONENT_BOOTSTRAP_ERROR: 'ComponentFailed',
};

/** What the nucleus says of how a deployment ended, where neither its codes nor its types say why. */
const BY_DETAIL: Readonly<Record<string, Cause>> = {
  FAILED_NO_STATE_CHANGE: 'Unexplained',
  FAILED_ROLLBACK_NOT_REQUESTED: 'NotRolledBack',
  FAILED_ROLLBACK_COMPLETE: 'ComponentFailed',
  FAILED_UNABLE_TO_ROLLBACK: 'NotRolledBack',
  REJECTED: 'Rejected',
};

/** How a deployment failed, as the device tells it. */
export interface ToldFailure {
  readonly detailedStatus: string | undefined;
  readonly errorStack: readonly string[];
  readonly errorTypes: readonly string[];
}

function byCodeOrType({ errorStack, errorTypes }: ToldFailure): Cause | undefined {
  const specific = errorStack.findLast((code) => code in BY_CODE);
  const byCode = specific === undefined ? undefined : BY_CODE[specific];
  const byType = BY_TYPE.find(([type]) => errorTypes.includes(type))?.[1];
  const isMostSpecific = specific !== undefined && specific === errorStack.at(-1);
  return isMostSpecific ? byCode : (byType ?? byCode);
}

/**
 * The cause of a deployment that failed or was rejected. A code that is known and the most specific one counts most; then the types,
 * other codes, and the detailed status where a device tells no more (a nucleus before 2.8, and Lite). A component that failed and was
 * not rolled back is a cause of its own: to try the same again there would do the same damage again.
 */
export function causeOf(failure: ToldFailure): Cause {
  const byDetail = BY_DETAIL[failure.detailedStatus ?? ''];
  const cause = byCodeOrType(failure) ?? byDetail ?? 'Unexplained';
  return cause === 'ComponentFailed' && byDetail === 'NotRolledBack' ? byDetail : cause;
}
