import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  DescribeComponentCommand,
  GetComponentCommand,
} from '@aws-sdk/client-greengrassv2';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const COMPONENT = 'arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello';
const arnOf = (version: string) => `${COMPONENT}:versions:${version}`;

const recipe = (version: string, more: object = {}) =>
  Buffer.from(
    JSON.stringify({
      RecipeFormatVersion: '2020-01-25',
      ComponentName: 'com.example.Hello',
      ComponentVersion: version,
      ComponentPublisher: 'Example',
      ComponentDescription: 'Says hello',
      ComponentDependencies: { 'com.example.Base': { VersionRequirement: '^1.0.0' } },
      Manifests: [{ Platform: { os: 'linux' }, Lifecycle: { Run: 'echo hello' } }],
      ...more,
    }),
  );

const create = (inlineRecipe: Uint8Array, tags?: Record<string, string>) =>
  aws.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe, tags }));

test('a YAML recipe is read, and given back as JSON or as it came', async () => {
  const yaml = [
    'RecipeFormatVersion: "2020-01-25"',
    'ComponentName: com.example.Hello',
    'ComponentVersion: 1.0.0',
    'Manifests:',
    '  - Lifecycle: { Run: echo hello }',
    '',
  ].join('\n');
  await create(Buffer.from(yaml));
  const get = async (recipeOutputFormat?: 'JSON' | 'YAML') => {
    const found = await aws.greengrass.send(
      new GetComponentCommand({ arn: arnOf('1.0.0'), recipeOutputFormat }),
    );
    return { format: found.recipeOutputFormat, text: Buffer.from(found.recipe ?? []).toString() };
  };
  expect(await get()).toEqual({ format: 'YAML', text: yaml });
  const { text } = await get('JSON');
  expect(JSON.parse(text)).toEqual({
    RecipeFormatVersion: '2020-01-25',
    ComponentName: 'com.example.Hello',
    ComponentVersion: '1.0.0',
    Manifests: [{ Lifecycle: { Run: 'echo hello' } }],
  });
});

const base = {
  RecipeFormatVersion: '2020-01-25',
  ComponentName: 'com.example.Hello',
  ComponentVersion: '1.0.0',
};
test('a recipe of 16 KB is one', async () => {
  const length = 16_384 - JSON.stringify({ ...base, ComponentDescription: '' }).length;
  await create(Buffer.from(JSON.stringify({ ...base, ComponentDescription: 'x'.repeat(length) })));
  expect(aws.cloud.componentVersions.size).toBe(1);
});

test('keys and enumerations are read in any case, and come back as they were written', async () => {
  const text = JSON.stringify({
    ...{ recipeFormatVersion: '2020-01-25', cOmPonentName: 'com.example.Hello' },
    ...{ componentversion: '1.0.0', componentType: 'AWS.Greengrass.Generic' },
    ...{ COMPONENTPUBLISHER: 'Example', componentDescription: 'Says hello' },
    componentDependencies: {
      'com.example.Base': { versionrequirement: '^1.0.0', dependencytype: 'soft' },
    },
    componentConfiguration: { defaultConfiguration: { MessaGe: 'World' } },
    ManifestS: [
      {
        ...{ name: 'Linux', PLATFORM: { os: 'linux' }, LifeCycle: { run: 'echo' } },
        ArtIfacts: [{ uRi: 'docker:hello', uNarchive: 'zip', permission: { read: 'owner' } }],
      },
    ],
  });
  await create(Buffer.from(text));
  const arn = arnOf('1.0.0');
  expect(await aws.greengrass.send(new DescribeComponentCommand({ arn }))).toMatchObject({
    ...{ publisher: 'Example', description: 'Says hello' },
    platforms: [{ name: 'Linux', attributes: { os: 'linux' } }],
  });
  expect(aws.cloud.componentVersions.get(arn)).toMatchObject({
    dependencies: { 'com.example.Base': { versionRequirement: '^1.0.0', dependencyType: 'SOFT' } },
    defaultConfiguration: { MessaGe: 'World' },
    artifactUris: ['docker:hello'],
  });
  const { recipe } = await aws.greengrass.send(new GetComponentCommand({ arn }));
  expect(Buffer.from(recipe ?? []).toString()).toBe(text);
});

test('a digest is put into a JSON recipe, all of which else stays byte for byte', async () => {
  aws.cloud.artifacts.set('s3://bucket/a', Buffer.from('hello'));
  const json = (first: string, second: string) =>
    [
      '{ "RecipeFormatVersion": "2020-01-25", "ComponentName": "com.example.Hello",',
      '\t"ComponentVersion" : "1.0.0",',
      '  "ComponentConfiguration": {"DefaultConfiguration": {"10": 1.0, "2": 12345678901234567890}},',
      `  "Manifests": [{"Artifacts": [{${first}"URI": "s3://bucket/a"}, {"URI":"docker:hello"},`,
      `    {"URI": "s3://bucket/a", "digest":${second}}]}]}`,
    ].join('\n');
  await create(Buffer.from(json('', ' "mine"')));
  const { recipe } = await aws.greengrass.send(new GetComponentCommand({ arn: arnOf('1.0.0') }));
  const digest = '"LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="';
  const algorithm = '"Algorithm": "SHA-256", ';
  expect(Buffer.from(recipe ?? []).toString()).toBe(
    json(`"Digest": ${digest}, ${algorithm}`, ` ${digest}`).replace(
      '{"URI": "s3://bucket/a", "digest"',
      `{${algorithm}"URI": "s3://bucket/a", "digest"`,
    ),
  );
});

test('a YAML recipe may be a mapping in braces', async () => {
  await create(
    Buffer.from(
      '{RecipeFormatVersion: "2020-01-25", ComponentName: com.example.Hello, ComponentVersion: 1.0.0}',
    ),
  );
  expect(await aws.greengrass.send(new GetComponentCommand({ arn: arnOf('1.0.0') }))).toMatchObject(
    { recipeOutputFormat: 'YAML' },
  );
});

test('a digest is put into a YAML recipe with aliases too', async () => {
  aws.cloud.artifacts.set('s3://bucket/a', Buffer.from('hello'));
  const yaml = [
    'RecipeFormatVersion: "2020-01-25"',
    'ComponentName: com.example.Hello',
    'ComponentVersion: 1.0.0',
    'Manifests:',
    '  - &one { Platform: { os: linux }, Artifacts: [{ URI: s3://bucket/a, digest: mine }] }',
    '  - *one',
  ].join('\n');
  await create(Buffer.from(yaml));
  const { recipe } = await aws.greengrass.send(
    new GetComponentCommand({ arn: arnOf('1.0.0'), recipeOutputFormat: 'JSON' }),
  );
  const artifacts = [
    {
      ...{ URI: 's3://bucket/a', Algorithm: 'SHA-256' },
      digest: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
    },
  ];
  expect(JSON.parse(Buffer.from(recipe ?? []).toString())).toMatchObject({
    Manifests: [{ Artifacts: artifacts }, { Artifacts: artifacts }],
  });
});

test('a component version has exactly one source', async () => {
  const lambdaFunction = { lambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:greet:3' };
  for (const sources of [{}, { inlineRecipe: recipe('1.0.0'), lambdaFunction }])
    await expect(
      aws.greengrass.send(new CreateComponentVersionCommand(sources)),
    ).rejects.toMatchObject({ name: 'ValidationException', reason: 'OTHER' });
});
