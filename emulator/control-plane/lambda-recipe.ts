import type {
  LambdaContainerParams,
  LambdaExecutionParameters,
  LambdaFunctionRecipeSource,
} from '@aws-sdk/client-greengrassv2';
import { invalidField } from '../errors.js';
import type { Checked } from '../wire/checked.js';
import { LAMBDA_ARTIFACT } from './artifacts.js';

// Documented: API model, LambdaFunctionRecipeSource.lambdaArn: a version of the function, not an alias.
const FUNCTION_VERSION = /^arn:[^:]*:lambda:[^:]*:[0-9]+:function:([a-zA-Z0-9-_]+):([0-9]+)$/;

// Documented: API model, LambdaExecutionParameters: the defaults.
const DEFAULTS = {
  maxQueueSize: 1000,
  maxInstancesCount: 100,
  maxIdleTimeInSeconds: 60,
  timeoutInSeconds: 3,
  statusTimeoutInSeconds: 60,
  pinned: true,
  inputPayloadEncodingType: 'json',
};

/** Observed: repository kyopark2014/iot-greengrass: lists are mappings by their index. */
const byIndex = (items: readonly object[] = []) => Object.fromEntries(items.entries());

const mount = { permission: 'ro', addGroupOwner: false };

const containerParams = ({
  memorySizeInKB = 16_384,
  mountROSysfs = false,
  volumes = [],
  devices = [],
}: Checked<LambdaContainerParams>) => ({
  memorySize: memorySizeInKB,
  mountROSysfs,
  volumes: byIndex(volumes.map((volume) => ({ ...mount, ...volume }))),
  devices: byIndex(devices.map((device) => ({ ...mount, ...device }))),
});

function configuration({
  eventSources,
  environmentVariables = {},
  linuxProcessParams,
  execArgs: _execArgs,
  ...settings
}: Checked<LambdaExecutionParameters>) {
  const containerMode = linuxProcessParams?.isolationMode ?? 'GreengrassContainer';
  return {
    lambdaExecutionParameters: { EnvironmentVariables: environmentVariables },
    containerMode,
    ...(containerMode === 'GreengrassContainer' && {
      containerParams: containerParams(linuxProcessParams?.containerParams ?? {}),
    }),
    ...DEFAULTS,
    ...settings,
    pubsubTopics: byIndex(eventSources),
  };
}

const LAUNCHER = '{aws.greengrass.LambdaLauncher:artifacts:path}/lambda-launcher';

/** Left out: the handler and the runtime, which only the function itself knows. */
const lifecycle = (lambdaArn: string, execArgs: readonly string[]) => ({
  startup: { requiresPrivilege: true, script: `${LAUNCHER} start` },
  setenv: {
    AWS_GREENGRASS_LAMBDA_CONTAINER_MODE: '{configuration:/containerMode}',
    AWS_GREENGRASS_LAMBDA_ARN: lambdaArn,
    AWS_GREENGRASS_LAMBDA_ARTIFACT_PATH: '{artifacts:decompressedPath}/lambda-artifact',
    AWS_GREENGRASS_LAMBDA_CONTAINER_PARAMS: '{configuration:/containerParams}',
    AWS_GREENGRASS_LAMBDA_STATUS_TIMEOUT_SECONDS: '{configuration:/statusTimeoutInSeconds}',
    AWS_GREENGRASS_LAMBDA_ENCODING_TYPE: '{configuration:/inputPayloadEncodingType}',
    AWS_GREENGRASS_LAMBDA_PARAMS: '{configuration:/lambdaExecutionParameters}',
    AWS_GREENGRASS_LAMBDA_EXEC_ARGS: JSON.stringify(execArgs),
  },
  shutdown: { requiresPrivilege: true, script: `${LAUNCHER} stop; ${LAUNCHER} clean` },
});

const artifacts = [
  {
    Uri: LAMBDA_ARTIFACT,
    Unarchive: 'ZIP',
    Permission: { Read: 'OWNER', Execute: 'NONE' },
  },
];

/**
 * Documented: API model, ComponentDependencyRequirement: HARD is the default.
 * Assumed: without a requirement any version will do.
 */
const dependencies = (source: Checked<LambdaFunctionRecipeSource>) =>
  Object.fromEntries(
    Object.entries(source.componentDependencies ?? {}).map(
      ([name, { versionRequirement = '*', dependencyType = 'HARD' }]) => [
        name,
        { VersionRequirement: versionRequirement, DependencyType: dependencyType },
      ],
    ),
  );

/**
 * The recipe that Greengrass writes for an imported Lambda function. Left out: the dependencies on the public
 * components that run functions, which the emulator doesn't have.
 * Observed: repository kyopark2014/iot-greengrass: the form of one that the service wrote.
 * Documented: developer guide, "Import AWS Lambda functions as components": for Linux only.
 */
export function lambdaRecipe(source: Checked<LambdaFunctionRecipeSource>): Uint8Array {
  const { lambdaArn, componentLambdaParameters = {} } = source;
  const [, functionName, functionVersion] = FUNCTION_VERSION.exec(lambdaArn) ?? [];
  if (functionName === undefined || functionVersion === undefined)
    throw invalidField('lambdaFunction.lambdaArn', 'The ARN has to name a version of the function');
  const platforms = source.componentPlatforms ?? [{ attributes: { os: 'linux' } }];
  const recipe = {
    RecipeFormatVersion: '2020-01-25',
    ComponentName: source.componentName ?? functionName,
    ComponentVersion: source.componentVersion ?? `${functionVersion}.0.0`,
    ComponentType: 'aws.greengrass.lambda',
    ComponentPublisher: 'AWS Lambda',
    ComponentSource: lambdaArn,
    ComponentConfiguration: { DefaultConfiguration: configuration(componentLambdaParameters) },
    ComponentDependencies: dependencies(source),
    Manifests: platforms.map(({ name, attributes }) => ({
      Name: name,
      Platform: attributes ?? {},
      Lifecycle: {},
      Artifacts: artifacts,
    })),
    Lifecycle: lifecycle(lambdaArn, componentLambdaParameters.execArgs ?? []),
  };
  return new TextEncoder().encode(JSON.stringify(recipe));
}
