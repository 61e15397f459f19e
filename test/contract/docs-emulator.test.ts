import { execFileSync } from 'node:child_process';
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

const behaviours = readFileSync('docs/emulator-behaviours.md', 'utf8');
const [sources = '', list = ''] = behaviours.split('\n## The list\n\n');
const linesOf = (mark: string) =>
  [...list.matchAll(new RegExp(`^- \\*\\*${mark}\\*\\* (.*)$`, 'gm'))].map(([, line = '']) => line);

test('the list of behaviours is what the comments in the emulator say', () => {
  const args = ['scripts/behaviours.mjs'];
  expect(list).toBe(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  const comments = execFileSync('grep', ['-rohE', '(Documented|Observed|Assumed):', 'emulator'], {
    encoding: 'utf8',
  });
  expect(list.match(/^- /gm)).toHaveLength(comments.trim().split('\n').length);
});

test('each documented behaviour names its source, which the page links to', () => {
  const known = [...sources.matchAll(/^\| ([A-Za-z -]+?) +\| .*https:/gm)].map(
    ([, name = '']) => name,
  );
  expect(known).toHaveLength(13);
  const lines = linesOf('Documented');
  expect(lines.length).toBeGreaterThan(150);
  const named = new RegExp(`^(${known.join('|')})( of)?( [\\d-]+)?(, [^:]+)?: `);
  expect(lines.filter((line) => !named.test(line))).toEqual([]);
});

test('each observed behaviour says where it was observed', () => {
  const where =
    /^([a-z-]+ (issues?|PR) \d+( and \d+)?|repository [\w/-]+|alchemy, [^:]+|Service Quotas, [^:]+): /;
  const lines = linesOf('Observed');
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => !where.test(line))).toEqual([]);
});
