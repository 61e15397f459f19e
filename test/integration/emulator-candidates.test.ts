import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateComponentVersionCommand,
  ResolveComponentCandidatesCommand,
} from '@aws-sdk/client-greengrassv2';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const recipe = (version: string, more: object = {}) =>
  Buffer.from(
    JSON.stringify({
      ...{ RecipeFormatVersion: '2020-01-25', ComponentName: 'com.example.Hello' },
      ComponentVersion: version,
      Manifests: [{ Platform: { os: 'linux' } }],
      ...more,
    }),
  );
const create = (inlineRecipe: Uint8Array) =>
  aws.greengrass.send(new CreateComponentVersionCommand({ inlineRecipe }));

const on = (attributes: Record<string, string>, ...names: string[]) =>
  aws.greengrass.send(
    new ResolveComponentCandidatesCommand({
      platform: { attributes },
      componentCandidates: names.map((componentName) => ({ componentName })),
    }),
  );

test('a candidate resolves to the greatest deployable version in all ranges', async () => {
  for (const version of ['1.0.0', '1.1.0', '2.0.0']) await create(recipe(version));
  const resolve = (versionRequirements: Record<string, string>, os = 'linux') =>
    aws.greengrass.send(
      new ResolveComponentCandidatesCommand({
        platform: { attributes: { os } },
        componentCandidates: [{ componentName: 'com.example.Hello', versionRequirements }],
      }),
    );
  await expect(resolve({ a: '>=1.0.0' })).rejects.toThrow(/no usable version/);
  await aws.clock.advance(3);
  const found = await resolve({ a: '>=1.0.0', b: '<2.0.0' });
  expect(found.resolvedComponentVersions?.map((each) => each.componentVersion)).toEqual(['1.1.0']);
  await expect(resolve({ a: '>=3.0.0' })).rejects.toThrow(/no usable version/);
  await expect(resolve({ a: '*' }, 'windows')).rejects.toThrow(/claim platform/);
});

test('a candidate comes with its recipe as JSON, and what its vendor says of it', async () => {
  const yaml = [
    'RecipeFormatVersion: "2020-01-25"',
    'ComponentName: com.example.Hello',
    'ComponentVersion: 1.0.0',
  ].join('\n');
  await create(Buffer.from(yaml));
  await create(recipe('1.0.0', { ComponentName: 'com.example.Base' }));
  await aws.clock.advance(3);
  const { resolvedComponentVersions = [] } = await on(
    { os: 'linux' },
    'com.example.Hello',
    'com.example.Base',
  );
  const [hello, base] = resolvedComponentVersions;
  expect(hello).toMatchObject({
    ...{ arn: expect.stringMatching(/:components:com\.example\.Hello:versions:1\.0\.0$/) },
    ...{ vendorGuidance: 'ACTIVE', message: 'NONE' },
  });
  expect(JSON.parse(Buffer.from(hello?.recipe ?? []).toString())).toEqual({
    ...{ RecipeFormatVersion: '2020-01-25', ComponentName: 'com.example.Hello' },
    ComponentVersion: '1.0.0',
  });
  expect(base).toMatchObject({ componentName: 'com.example.Base', componentVersion: '1.0.0' });
});

test.each<[string, Record<string, string>, Record<string, string>, boolean]>([
  ['a name', { os: 'linux' }, { os: 'linux' }, true],
  ['a name', { os: 'linux' }, { os: 'Linux' }, false],
  ['*', { os: '*' }, {}, true],
  ['an expression', { os: '/windows|linux/' }, { os: 'linux' }, true],
  ['an expression', { os: '/windows|linux/' }, { os: 'linux2' }, false],
  ['an expression', { radio: '/.+/' }, {}, false],
  ['an expression of Java', { os: '/(?i)LINUX/' }, { os: 'linux' }, true],
  ['an attribute of your own', { 'com.example.radio': 'lora' }, { os: 'linux' }, false],
])('%s of the platform %j meets %j: %s', async (_, Platform, attributes, isMet) => {
  await create(recipe('1.0.0', { Manifests: [{ Platform }] }));
  await aws.clock.advance(3);
  const resolved = on(attributes, 'com.example.Hello');
  if (isMet) expect((await resolved).resolvedComponentVersions).toHaveLength(1);
  else await expect(resolved).rejects.toThrow(/claim platform/);
});

test('an expression that others would never get to the end of is decided', async () => {
  const os = `/${'('.repeat(60)}.*${')*'.repeat(60)}x!|a*/`;
  await create(recipe('1.0.0', { Manifests: [{ Platform: { os } }] }));
  await aws.clock.advance(3);
  expect(await on({ os: 'a'.repeat(5000) }, 'com.example.Hello')).toMatchObject({
    resolvedComponentVersions: [{ componentVersion: '1.0.0' }],
  });
});

test('a candidate needs a name, and ranges that are some', async () => {
  const ask = (candidate: object) =>
    aws.greengrass.send(
      new ResolveComponentCandidatesCommand({ componentCandidates: [candidate] }),
    );
  for (const candidate of [
    {},
    { componentName: 'com.example.Hello', versionRequirements: { a: 'newest!' } },
    { componentName: 'com.example.Hello', versionRequirements: { a: '1 || '.repeat(100) } },
  ])
    await expect(ask(candidate)).rejects.toMatchObject({
      ...{ name: 'ValidationException', fields: [{ name: 'componentCandidates' }] },
    });
  expect(await aws.greengrass.send(new ResolveComponentCandidatesCommand({}))).toMatchObject({
    resolvedComponentVersions: [],
  });
});
