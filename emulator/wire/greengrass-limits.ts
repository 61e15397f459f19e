import type { Limits } from './limits.js';

// Documented: API model 2020-11-30: lengths, patterns and enumerations; a contract test compares them with the model where it
// is at hand.
const text = { length: [1, Infinity] } as const;
const name = { length: [1, 128] } as const;
const version = { length: [1, 64] } as const;
const whole = { range: [-(2 ** 31), 2 ** 31 - 1], decimals: 0 } as const;
const component = /^arn:[^:]*:greengrass:[^:]*:(aws|[0-9]+):components:[^:]+$/;
const componentVersion =
  /^arn:[^:]*:greengrass:[^:]*:(aws|[0-9]+):components:[^:]+:versions:[^:]+$/;
const target = /^arn:[^:]*:iot:[^:]*:[0-9]+:(thing|thinggroup)\/.+$/;
const thingGroup = /^arn:[^:]*:iot:[^:]*:[0-9]+:thinggroup\/.+$/;
const taggable = /^arn:[^:]*:greengrass:[^:]*:(aws|[0-9]+):(components|deployments|coreDevices):/;

/** The limits of Greengrass V2 requests. */
export const greengrassLimits: Limits = {
  maxResults: { range: [1, 100], decimals: 0 },
  clientToken: { length: [1, 64], pattern: /^[a-zA-Z0-9-]+$/ },
  tags: { length: [1, 200] },
  // Documented: developer guide, "Revise deployments": what GetDeployment answers is sent back. Assumed: so its empty map of tags is
  // taken, whatever the API model's minimum.
  'CreateDeploymentRequest.tags': { length: [0, 200] },
  'tags.key': name,
  'tags[]': { length: [0, 256] },
  tagKeys: { length: [1, 200] },
  'tagKeys[]': name,
  resourceArn: { pattern: taggable },
  arn: { pattern: componentVersion },
  'ListComponentVersionsRequest.arn': { pattern: component },
  targetArn: { pattern: target },
  parentTargetArn: { pattern: thingGroup },
  thingGroupArn: { pattern: thingGroup },
  deploymentId: text,
  deploymentName: { length: [1, 256] },
  coreDeviceThingName: name,
  thingName: name,
  entries: { length: [1, 100] },
  componentName: name,
  componentVersion: version,
  'components.key': text,
  merge: { length: [1, 10_485_760] },
  'reset[]': { length: [0, 256] },
  posixUser: text,
  windowsUser: text,
  memory: { range: [0, 9_223_372_036_854_771_712], decimals: 0 },
  cpus: { range: [0, Infinity] },
  artifactName: text,
  s3EndpointType: { oneOf: ['REGIONAL', 'GLOBAL'] },
  iotEndpointType: { oneOf: ['fips', 'standard'] },
  recipeOutputFormat: { oneOf: ['JSON', 'YAML'] },
  scope: { oneOf: ['PRIVATE', 'PUBLIC'] },
  runtime: { length: [1, 255] },
  'ListCoreDevicesRequest.status': { oneOf: ['HEALTHY', 'UNHEALTHY'] },
  historyFilter: { oneOf: ['ALL', 'LATEST_ONLY'] },
  topologyFilter: { oneOf: ['ALL', 'ROOT'] },
  failureHandlingPolicy: { oneOf: ['ROLLBACK', 'DO_NOTHING'] },
  'DeploymentComponentUpdatePolicy.action': {
    oneOf: ['NOTIFY_COMPONENTS', 'SKIP_NOTIFY_COMPONENTS'],
  },
  timeoutInSeconds: whole,
  baseRatePerMinute: { range: [1, 1000], decimals: 0 },
  // Documented: API model: the descriptions of the members give the digits after the decimal point.
  incrementFactor: { range: [1, 5], decimals: 1 },
  numberOfNotifiedThings: { range: [1, 2 ** 31 - 1], decimals: 0 },
  numberOfSucceededThings: { range: [1, 2 ** 31 - 1], decimals: 0 },
  maximumPerMinute: { range: [1, 1000], decimals: 0 },
  criteriaList: text,
  failureType: { oneOf: ['FAILED', 'REJECTED', 'TIMED_OUT', 'ALL'] },
  'IoTJobAbortCriteria.action': { oneOf: ['CANCEL'] },
  thresholdPercentage: { range: [-Infinity, 100], decimals: 2 },
  minNumberOfExecutedThings: { range: [1, 2 ** 31 - 1], decimals: 0 },
  // Documented: API model: the member's description has its range.
  inProgressTimeoutInMinutes: { range: [1, 10_080], decimals: 0 },
  'ComponentPlatform.name': text,
  'attributes.key': text,
  'attributes[]': text,
  'componentDependencies.key': text,
  'versionRequirements.key': text,
  'versionRequirements[]': text,
  versionRequirement: text,
  dependencyType: { oneOf: ['HARD', 'SOFT'] },
  lambdaArn: text,
  'LambdaEventSource.type': { oneOf: ['PUB_SUB', 'IOT_CORE'] },
  maxQueueSize: whole,
  maxInstancesCount: whole,
  maxIdleTimeInSeconds: whole,
  statusTimeoutInSeconds: whole,
  memorySizeInKB: whole,
  inputPayloadEncodingType: { oneOf: ['json', 'binary'] },
  'environmentVariables.key': text,
  isolationMode: { oneOf: ['GreengrassContainer', 'NoContainer'] },
  permission: { oneOf: ['ro', 'rw'] },
  portNumber: { range: [0, 65_535], decimals: 0 },
};
