import { expect, test } from '@jest/globals';
import { parseReleaseFile } from '../../../src/domain/release/release-file.js';
import { nextPatch, readTag } from '../../../src/domain/release/release-tag.js';
import { versionOf } from '../../../src/domain/release/release-version.js';

const file = (more: Record<string, unknown> = {}) =>
  parseReleaseFile({ component: 'com.example.Thermostat', recipe: 'recipe.yaml', ...more });

test.each([
  ['v1.4.0', undefined, '1.4.0'],
  ['1.4.0', undefined, '1.4.0'],
  ['v2.0.0-rc.1', undefined, '2.0.0-rc.1'],
  ['thermostat@1.4.0', 'thermostat', '1.4.0'],
  ['com.example.Thermostat@v1.4.0', 'com.example.Thermostat', '1.4.0'],
  ['@example/thermostat@1.4.0', '@example/thermostat', '1.4.0'],
])('the tag %s says which version', (tag, component, version) => {
  expect(readTag(tag)).toEqual({ component, version });
});

test.each(['v1.4', 'nightly', 'v1.04.0', '', 'release-1.4.0', 'v1.4.0.1'])(
  'the tag %p says no version',
  (tag) => {
    expect(readTag(tag)).toBeUndefined();
  },
);

test('the tag decides, by the component or the last part of its name', () => {
  expect(versionOf(file(), 'v1.4.0', [])).toBe('1.4.0');
  expect(versionOf(file(), 'thermostat@1.4.0', [])).toBe('1.4.0');
  expect(versionOf(file({ version: '1.4.0' }), 'v1.4.0', [])).toBe('1.4.0');
  expect(versionOf(file({ version: '1.4.0' }), 'nightly', [])).toBe('1.4.0');
});

test('a tag of another component, another version or none is refused with what would be right', () => {
  expect(() => versionOf(file(), 'heater@1.4.0', [])).toThrow(
    'tag: heater@1.4.0 names heater, the release file com.example.Thermostat; tag it com.example.Thermostat@1.4.0',
  );
  expect(() => versionOf(file({ version: '1.5.0' }), 'v1.4.0', [])).toThrow(
    'version: the release file has 1.5.0, the tag v1.4.0; keep one of them',
  );
  expect(() => versionOf(file(), 'nightly', [])).toThrow(
    'tag: "nightly" has no semantic version; tag v1.4.0 or com.example.Thermostat@1.4.0',
  );
  expect(() => versionOf(file(), undefined, [])).toThrow('version: missing');
});

test('NEXT_PATCH counts on from the greatest version that there is', () => {
  expect(nextPatch(['1.0.0', '1.10.2', '1.9.9'])).toBe('1.10.3');
  expect(nextPatch([])).toBe('1.0.0');
  expect(versionOf(file({ version: 'NEXT_PATCH' }), undefined, ['2.0.0'])).toBe('2.0.1');
  expect(versionOf(file({ version: 'NEXT_PATCH' }), 'v3.0.0', ['2.0.0'])).toBe('3.0.0');
});
