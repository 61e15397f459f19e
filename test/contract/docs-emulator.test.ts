import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { greengrassWire } from '../../emulator/wire/services.js';

const page = readFileSync('docs/emulator.md', 'utf8');
const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

/** The operations in the table below a heading, by their first column. */
function operationsBelow(heading: string): string[] {
  const [, section = ''] = page.split(`\n### ${heading}\n`);
  const [table = ''] = section.split('\n#');
  return [...table.matchAll(/^\| `([A-Za-z]+)`/gm)].map(([, name = '']) => name);
}

const greengrass = operationsBelow('Greengrass V2');
const iot = [...operationsBelow('AWS IoT'), ...operationsBelow('AWS IoT data')];

test('the tables of operations are the files of the emulator', () => {
  const files = readdirSync('emulator/operations').map((file) => file.replace('.ts', ''));
  expect([...greengrass, ...iot].map(kebab).sort()).toEqual(files.sort());
});

test('the table of Greengrass V2 has all operations of its API', () => {
  const known = greengrassWire.operations.map(({ name }) => name);
  expect(greengrass).toEqual(known.sort());
});

test('the test that the page shows is the one that the package has', () => {
  expect(page).toContain(readFileSync('examples/emulator.spec.mjs', 'utf8'));
});
