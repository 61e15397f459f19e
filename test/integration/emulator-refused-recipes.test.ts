import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CreateComponentVersionCommand } from '@aws-sdk/client-greengrassv2';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const create = (inlineRecipe: Uint8Array) =>
  aws.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe }));

const base = {
  RecipeFormatVersion: '2020-01-25',
  ComponentName: 'com.example.Hello',
  ComponentVersion: '1.0.0',
};
const deep = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
const manifest = (fields: object) => ({ ...base, Manifests: [fields] });
const artifact = (fields: object) => manifest({ Artifacts: [{ URI: 'docker:a', ...fields }] });
const needs = (fields: object) => ({ ...base, ComponentDependencies: { 'com.example.A': fields } });

test.each<[string, object | string]>([
  ["can't be read", 'a: [1'],
  ["can't be read", '{"a": 1,}'],
  ["can't be read", 'a: 1\na: 2'],
  ["can't be read", 'a: 1\n---\nb: 2'],
  ['has to be a mapping', 'not a recipe'],
  ['has to be a mapping', '- 1'],
  ['RecipeFormatVersion has to be 2020-01-25', { ...base, RecipeFormatVersion: '2019-01-01' }],
  ['RecipeFormatVersion has to be 2020-01-25', { ...base, RecipeFormatVersion: undefined }],
  ['ComponentName has to be text', { ...base, ComponentName: undefined }],
  ['ComponentName has to be letters', { ...base, ComponentName: 'com example' }],
  ['ComponentName has to have at most 128', { ...base, ComponentName: 'a'.repeat(129) }],
  ['ComponentVersion has to be a semantic version', { ...base, ComponentVersion: '1.0' }],
  ['ComponentVersion has to be a semantic version', { ...base, ComponentVersion: 'v1.0.0' }],
  ['ComponentVersion has to be text', { ...base, ComponentVersion: 1.1 }],
  [
    'ComponentVersion has to have at most 64',
    { ...base, ComponentVersion: `1.0.0-${'a'.repeat(60)}` },
  ],
  ['ComponentPublisher has to be text', { ...base, ComponentPublisher: 7 }],
  ['ComponentType has to be one of', { ...base, ComponentType: 'aws.greengrass.other' }],
  ['ComponentSource has to be the ARN of a', { ...base, ComponentSource: 'arn:aws:s3:::bucket' }],
  ['ComponentConfiguration has to be a mapping', { ...base, ComponentConfiguration: [] }],
  [
    'ComponentConfiguration.DefaultConfiguration has to be a mapping',
    { ...base, ComponentConfiguration: { DefaultConfiguration: 'a' } },
  ],
  ['ComponentDependencies.com.example.A.VersionRequirement has to be text', needs({})],
  [
    'ComponentDependencies.com.example.A.VersionRequirement has to be a version or a range',
    needs({ VersionRequirement: 'x.y.z!' }),
  ],
  [
    'ComponentDependencies.com.example.A.DependencyType has to be one of HARD, SOFT',
    needs({ VersionRequirement: '*', DependencyType: 'WEAK' }),
  ],
  ['Manifests has to be a list', { ...base, Manifests: {} }],
  ['Manifests.0 has to be a mapping', { ...base, Manifests: ['a'] }],
  ['Manifests.0.Platform has to be a mapping', manifest({ Platform: 'linux' })],
  ['Manifests.0.Platform.os has to be *, a name', manifest({ Platform: { os: '/linux' } })],
  ['Manifests.0.Platform.os has to be *, a name', manifest({ Platform: { os: '/(/' } })],
  ['Manifests.0.Platform.os has to be text', manifest({ Platform: { os: 7 } })],
  ['Manifests.0.Lifecycle.Run has to be a script', manifest({ Lifecycle: { Run: 7 } })],
  ['Manifests.0.Selections has to be a list', manifest({ Selections: 'all' })],
  ['Manifests.0.Artifacts.0.URI has to be a URI', artifact({ URI: '' })],
  ['Manifests.0.Artifacts.0.Unarchive has to be one of NONE, ZIP', artifact({ Unarchive: 'RAR' })],
  [
    'Manifests.0.Artifacts.0.Permission.Read has to be one of NONE, OWNER, ALL',
    artifact({ Permission: { Read: 'GROUP' } }),
  ],
  ['Lifecycle has to be a mapping', { ...base, Lifecycle: [] }],
  ['nested too deeply', JSON.stringify(base).replace('}', `,"Lifecycle":${deep(1001)}}`)],
  ['more than 16384 bytes', { ...base, ComponentDescription: 'x'.repeat(16_384) }],
])('a recipe is refused that %s: case %#', async (message, written) => {
  const text = typeof written === 'string' ? written : JSON.stringify(written);
  await expect(create(Buffer.from(text))).rejects.toMatchObject({
    ...{ name: 'ValidationException', reason: 'FIELD_VALIDATION_FAILED' },
    message: expect.stringContaining(message),
    fields: [{ name: 'inlineRecipe' }],
  });
  expect(aws.cloud.componentVersions.size).toBe(0);
});

test('bytes that are no UTF-8 are no recipe', async () => {
  await expect(create(Buffer.from([0x7b, 0xff, 0x7d]))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

test('what YAML would make too much of is refused', async () => {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [before, after] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg'].map((pair) => pair.split('')))
    levels.push(
      `${after ?? ''}: &${after ?? ''} [${Array(9)
        .fill(`*${before ?? ''}`)
        .join(',')}]`,
    );
  await expect(create(Buffer.from(levels.join('\n')))).rejects.toMatchObject({
    ...{ name: 'ValidationException', message: expect.stringContaining("can't be read") },
  });
});
