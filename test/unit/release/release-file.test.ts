import { expect, test } from '@jest/globals';
import { parseReleaseFile } from '../../../src/domain/release/release-file.js';
import {
  artifactUris,
  checkRecipe,
  fillPlaceholders,
  withArtifacts,
} from '../../../src/domain/release/recipe.js';
import { isMadeOf, recipeDifference } from '../../../src/domain/release/recipe-difference.js';

const component = 'com.example.Thermostat';
const read = (more: Record<string, unknown> = {}) =>
  parseReleaseFile({ component, recipe: 'gdk/recipe.yaml', ...more });

test('a release file names a component and where its recipe is', () => {
  expect(read()).toEqual({
    component,
    recipe: 'gdk/recipe.yaml',
    artifacts: {},
    configuration: {},
  });
  for (const recipe of [{ path: 'a.yaml' }, { asset: 'a.json' }, { inline: { a: 1 } }])
    expect(read({ recipe }).recipe).toEqual(recipe);
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:reader:3';
  expect(parseReleaseFile({ component, lambda: { arn } }).lambda).toEqual({ arn });
});

test.each([
  [{ component: 'no spaces' }, 'component: "no spaces" is not a component name of 1 to 128'],
  [{ component }, 'recipe: missing; give a recipe, or lambda for a Lambda function'],
  [{ component, recipe: '../etc/passwd' }, 'recipe: "../etc/passwd" is not'],
  [{ component, recipe: 'a.yaml', zz: 1 }, 'zz: unknown field (1); the fields here are component,'],
  [
    { component, lambda: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:reader' } },
    'the ARN of a function with its version, not an alias',
  ],
  [{ component, recipe: 'a', version: '1.4' }, 'version: "1.4" is not one exact version'],
  [{ component, recipe: 'a', targets: ['thermostats'] }, 'targets[0]: "thermostats" is not'],
])('%p is refused: %s', (written, problem) => {
  expect(() => parseReleaseFile(written)).toThrow(problem);
});

test("gdk's placeholders are filled, in braces and bare", () => {
  const recipe = `ComponentName: "{COMPONENT_NAME}"
ComponentVersion: COMPONENT_VERSION
URI: s3://BUCKET_NAME/COMPONENT_NAME/COMPONENT_VERSION/app.zip
other: MY_COMPONENT_NAME`;
  expect(fillPlaceholders(recipe, read({ bucket: 'builds' }), '1.4.0'))
    .toBe(`ComponentName: "com.example.Thermostat"
ComponentVersion: 1.4.0
URI: s3://builds/com.example.Thermostat/1.4.0/app.zip
other: MY_COMPONENT_NAME`);
  expect(() => fillPlaceholders(recipe, read(), '1.4.0')).toThrow(
    'recipe: uses BUCKET_NAME; give the release file the field bucket',
  );
});

const recipe = {
  ComponentName: component,
  componentversion: '1.4.0',
  Manifests: [{ Artifacts: [{ URI: 's3://old/a/app.zip' }, { uri: 'docker:x:1' }] }],
};

test('artifacts of a recipe are found in any case and replaced by the name of their file', () => {
  expect(artifactUris(recipe)).toEqual(['s3://old/a/app.zip', 'docker:x:1']);
  const file = read({ artifacts: { 'app.zip': 's3://new/$&/app.zip' } });
  expect(withArtifacts('x: s3://old/a/app.zip', recipe, file)).toBe('x: s3://new/$&/app.zip');
  expect(() => withArtifacts('', recipe, read({ artifacts: { 'b.zip': 's3://n/b.zip' } }))).toThrow(
    'artifacts.b.zip: the recipe has no artifact of this file name; it has app.zip, docker:x:1',
  );
});

test('a recipe of another component or version is refused', () => {
  expect(() => checkRecipe(recipe, component, '1.4.0')).not.toThrow();
  expect(() => checkRecipe(recipe, component, '1.5.0')).toThrow(
    'recipe: ComponentVersion is "1.4.0", the release is of 1.5.0; write 1.5.0, or {COMPONENT_VERSION}',
  );
  expect(() => checkRecipe({}, component, '1.5.0')).toThrow('ComponentName is missing');
});

test('recipes are compared field by field, without what the service adds', () => {
  const kept = {
    ...recipe,
    Manifests: [{ Artifacts: [{ URI: 's3://old/a/app.zip', Digest: 'x', Algorithm: 'SHA-256' }] }],
  };
  const wanted = { ...recipe, Manifests: [{ Artifacts: [{ URI: 's3://old/a/app.zip' }] }] };
  expect(recipeDifference(kept, wanted)).toEqual([]);
  expect(recipeDifference({ a: { b: [1, 2] } }, { a: { b: [1, 3] }, c: 'x' })).toEqual([
    'a.b[1]: there 2, here 3',
    'c: there missing, here "x"',
  ]);
  const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, i]));
  expect(recipeDifference({}, many).at(-1)).toBe('and 2 more');
});

test('a component is made of just the version of a function that its recipe names', () => {
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:mix:1';
  const of = (named: string) => ({ Manifests: [{ Lifecycle: { run: { arn: named } } }] });
  expect(isMadeOf(of(arn), arn)).toBe(true);
  expect(isMadeOf(of(`${arn}2`), arn)).toBe(false);
});
