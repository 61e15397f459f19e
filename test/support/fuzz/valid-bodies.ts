import type { Chance } from './fuzz-random.js';

const REGION = 'eu-west-1:123456789012';
export const groupArn = (name: string) => `arn:aws:iot:${REGION}:thinggroup/${name}`;
const thingArn = (name: string) => `arn:aws:iot:${REGION}:thing/${name}`;
export const componentArn = (name: string) => `arn:aws:greengrass:${REGION}:components:${name}`;
/** What the requests may spoil; the fleet has more that they leave alone. */
export const thing = (chance: Chance) => `wild-000${chance.below(6) + 1}`;
export const component = (chance: Chance) => `com.example.Fuzz${chance.below(3)}`;
const version = (chance: Chance) => `${chance.below(3)}.${chance.below(5)}.${chance.below(9)}`;
export const versionArn = (chance: Chance) =>
  `${componentArn(component(chance))}:versions:${version(chance)}`;

export const recipe = (chance: Chance) => ({
  RecipeFormatVersion: '2020-01-25',
  ComponentName: component(chance),
  ComponentVersion: version(chance),
  ComponentPublisher: 'Fuzz',
  ComponentConfiguration: { DefaultConfiguration: { a: { b: [1, 2] }, c: 'd' } },
  ComponentDependencies: chance.is(0.3)
    ? { [component(chance)]: { VersionRequirement: '>=0.0.0', DependencyType: 'SOFT' } }
    : {},
  Manifests: [
    {
      Platform: { os: 'linux', architecture: chance.pick(['*', 'amd64', '/.*64/']) },
      Lifecycle: { Run: 'echo', Install: { Script: 'true', Timeout: 10 } },
      Artifacts: [{ URI: 'docker:hello', Unarchive: 'NONE', Permission: { Read: 'OWNER' } }],
    },
  ],
});

export const deployment = (chance: Chance) => ({
  targetArn: chance.pick([groupArn('wild'), thingArn(thing(chance))]),
  deploymentName: 'fuzz',
  components: {
    [component(chance)]: {
      componentVersion: version(chance),
      configurationUpdate: {
        merge: JSON.stringify({ a: { b: 'c' }, d: [chance.below(9)] }),
        reset: ['/a/b', ''],
      },
      runWith: { posixUser: 'u:g', systemResourceLimits: { memory: 1024, cpus: 0.5 } },
    },
  },
  deploymentPolicies: {
    failureHandlingPolicy: chance.pick(['ROLLBACK', 'DO_NOTHING']),
    componentUpdatePolicy: { timeoutInSeconds: 5, action: 'NOTIFY_COMPONENTS' },
    configurationValidationPolicy: { timeoutInSeconds: 5 },
  },
  iotJobConfiguration: {
    jobExecutionsRolloutConfig: {
      maximumPerMinute: 100,
      exponentialRate: {
        ...{ baseRatePerMinute: 5, incrementFactor: 1.5 },
        rateIncreaseCriteria: { numberOfNotifiedThings: 1 },
      },
    },
    abortConfig: {
      criteriaList: [
        {
          ...{ failureType: 'ALL', action: 'CANCEL' },
          ...{ thresholdPercentage: 50.5, minNumberOfExecutedThings: 2 },
        },
      ],
    },
    timeoutConfig: { inProgressTimeoutInMinutes: 5 },
  },
  tags: { a: 'b' },
});

export const lambda = (chance: Chance) => ({
  lambdaArn: `arn:aws:lambda:${REGION}:function:fuzz:${chance.below(50) + 1}`,
  componentName: component(chance),
  componentVersion: version(chance),
  componentDependencies: { [component(chance)]: { versionRequirement: '*' } },
  componentLambdaParameters: {
    eventSources: [{ topic: 'a/b', type: 'PUB_SUB' }],
    environmentVariables: { A: 'b' },
    linuxProcessParams: { containerParams: { devices: [{ path: '/dev/a', permission: 'rw' }] } },
  },
});
