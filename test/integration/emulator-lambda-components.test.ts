import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  DescribeComponentCommand,
  GetComponentCommand,
  GetComponentVersionArtifactCommand,
  type LambdaFunctionRecipeSource,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const lambdaArn = 'arn:aws:lambda:eu-west-1:123456789012:function:greet:3';

const create = (lambdaFunction: LambdaFunctionRecipeSource) =>
  aws.greengrass.send(new CreateComponentVersionCommand({ lambdaFunction }));

const Recipe = z.record(z.string(), z.unknown());

async function recipeOf(arn: string | undefined) {
  const { recipe, recipeOutputFormat } = await aws.greengrass.send(
    new GetComponentCommand({ arn }),
  );
  expect(recipeOutputFormat).toBe('JSON');
  return Recipe.parse(JSON.parse(Buffer.from(recipe ?? []).toString()));
}

test('a version of a function becomes a component version with the defaults of the model', async () => {
  const created = await create({ lambdaArn });
  expect(created).toMatchObject({ componentName: 'greet', componentVersion: '3.0.0' });
  expect(await recipeOf(created.arn)).toMatchObject({
    ComponentType: 'aws.greengrass.lambda',
    ComponentSource: lambdaArn,
    ComponentConfiguration: {
      DefaultConfiguration: {
        lambdaExecutionParameters: { EnvironmentVariables: {} },
        containerParams: { memorySize: 16_384, mountROSysfs: false, volumes: {}, devices: {} },
        ...{ containerMode: 'GreengrassContainer', timeoutInSeconds: 3, maxInstancesCount: 100 },
        ...{ inputPayloadEncodingType: 'json', maxQueueSize: 1000, pinned: true },
        ...{ maxIdleTimeInSeconds: 60, statusTimeoutInSeconds: 60, pubsubTopics: {} },
      },
    },
    Manifests: [{ Platform: { os: 'linux' } }],
  });
  await aws.clock.advance(3);
  expect(
    await aws.greengrass.send(new DescribeComponentCommand({ arn: created.arn })),
  ).toMatchObject({
    ...{ publisher: 'AWS Lambda', status: { componentState: 'DEPLOYABLE' } },
    platforms: [{ attributes: { os: 'linux' } }],
  });
});

test('every parameter of a function is in the recipe', async () => {
  const { arn } = await create({
    ...{ lambdaArn, componentName: 'com.example.Greet', componentVersion: '1.2.3' },
    componentPlatforms: [{ name: 'Pi', attributes: { os: 'linux', architecture: 'aarch64' } }],
    componentDependencies: {
      'com.example.Base': { versionRequirement: '^1.0.0', dependencyType: 'SOFT' },
      'com.example.Any': {},
    },
    componentLambdaParameters: {
      eventSources: [
        { topic: 'hello/world/+', type: 'IOT_CORE' },
        { topic: 'local', type: 'PUB_SUB' },
      ],
      ...{ maxQueueSize: 1, maxInstancesCount: 2, maxIdleTimeInSeconds: 4, timeoutInSeconds: 5 },
      ...{ statusTimeoutInSeconds: 6, pinned: false, inputPayloadEncodingType: 'binary' },
      ...{ execArgs: ['-u', 'x'], environmentVariables: { NAME: 'world' } },
      linuxProcessParams: {
        isolationMode: 'GreengrassContainer',
        containerParams: {
          ...{ memorySizeInKB: 7, mountROSysfs: true },
          volumes: [{ sourcePath: '/a', destinationPath: '/b', permission: 'rw' }],
          devices: [{ path: '/dev/a', addGroupOwner: true }],
        },
      },
    },
  });
  expect(await recipeOf(arn)).toMatchObject({
    ...{ ComponentName: 'com.example.Greet', ComponentVersion: '1.2.3' },
    ComponentConfiguration: {
      DefaultConfiguration: {
        lambdaExecutionParameters: { EnvironmentVariables: { NAME: 'world' } },
        containerParams: {
          ...{ memorySize: 7, mountROSysfs: true },
          volumes: {
            '0': {
              ...{ sourcePath: '/a', destinationPath: '/b' },
              ...{ permission: 'rw', addGroupOwner: false },
            },
          },
          devices: { '0': { path: '/dev/a', permission: 'ro', addGroupOwner: true } },
        },
        ...{ maxQueueSize: 1, maxInstancesCount: 2, maxIdleTimeInSeconds: 4, timeoutInSeconds: 5 },
        ...{ statusTimeoutInSeconds: 6, pinned: false, inputPayloadEncodingType: 'binary' },
        pubsubTopics: {
          '0': { topic: 'hello/world/+', type: 'IOT_CORE' },
          '1': { topic: 'local', type: 'PUB_SUB' },
        },
      },
    },
    ComponentDependencies: {
      'com.example.Base': { VersionRequirement: '^1.0.0', DependencyType: 'SOFT' },
      'com.example.Any': { VersionRequirement: '*', DependencyType: 'HARD' },
    },
    Manifests: [{ Name: 'Pi', Platform: { os: 'linux', architecture: 'aarch64' } }],
    Lifecycle: { setenv: { AWS_GREENGRASS_LAMBDA_EXEC_ARGS: '["-u","x"]' } },
  });
});

test('a function without a container has no container parameters', async () => {
  const { arn } = await create({
    lambdaArn,
    componentLambdaParameters: { linuxProcessParams: { isolationMode: 'NoContainer' } },
  });
  const { ComponentConfiguration } = await recipeOf(arn);
  expect(ComponentConfiguration).toMatchObject({
    DefaultConfiguration: { containerMode: 'NoContainer' },
  });
  expect(ComponentConfiguration).not.toHaveProperty('DefaultConfiguration.containerParams');
});

const download = async (arn: string | undefined) => {
  const artifactName = 'lambda-artifact.zip';
  const { preSignedUrl = '' } = await aws.greengrass.send(
    new GetComponentVersionArtifactCommand({ arn, artifactName }),
  );
  return Buffer.from(await (await fetch(preSignedUrl)).arrayBuffer());
};

test("a function's code downloads, and its digest is in the recipe", async () => {
  aws.cloud.artifacts.set(lambdaArn, Buffer.from('hello'));
  const { arn } = await create({ lambdaArn });
  expect((await download(arn)).toString()).toBe('hello');
  expect(await recipeOf(arn)).toMatchObject({
    Manifests: [
      {
        Artifacts: [
          {
            ...{ Uri: 'greengrass:lambda-artifact.zip', Unarchive: 'ZIP' },
            ...{ Digest: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=', Algorithm: 'SHA-256' },
          },
        ],
      },
    ],
  });
});

test('a function that the fleet file does not know has an empty archive', async () => {
  const { arn } = await create({ lambdaArn });
  expect((await download(arn)).toString('hex')).toBe(`504b0506${'00'.repeat(18)}`);
});

test.each(['greet', 'greet:prod', 'greet:$LATEST'])('%s names no version', async (name) => {
  await expect(
    create({ lambdaArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}` }),
  ).rejects.toMatchObject({
    ...{ name: 'ValidationException', fields: [{ name: 'lambdaFunction.lambdaArn' }] },
  });
});

test('a component that is no component is refused for the function', async () => {
  for (const bad of [{ componentVersion: '1.0' }, { componentName: 'com example' }])
    await expect(create({ lambdaArn, ...bad })).rejects.toMatchObject({
      ...{ name: 'ValidationException', fields: [{ name: 'lambdaFunction' }] },
    });
});
