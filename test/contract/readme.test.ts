import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as z from 'zod';

const readme = readFileSync('README.md', 'utf8');
const all = (pattern: RegExp) => [
  ...new Set([...readme.matchAll(pattern)].map(([, name = '']) => name)),
];

const blocks = [
  ...readme.matchAll(
    /<!-- picture: ([a-z]+) -->\n\n```mermaid\n([\s\S]*?)\n```\n\n<!-- \/picture -->/g,
  ),
].map(([, machine = '', drawn = '']) => ({ machine, drawn }));

test('the README has a picture of every state machine that a rollout runs in', () => {
  const machines = readdirSync('statemachines')
    .map((file) => file.replace('.asl.json', ''))
    .filter((machine) => !['release', 'remediation', 'sweep'].includes(machine));
  expect(blocks.map(({ machine }) => machine).sort()).toEqual(machines.sort());
});

test.each(blocks)('the picture of $machine is drawn from its state machine', (block) => {
  const file = `statemachines/${block.machine}.asl.json`;
  const drawn = execFileSync(process.execPath, ['scripts/picture.mjs', file], { encoding: 'utf8' });
  expect(block.drawn).toBe(drawn.trimEnd());
});

test('every greenwave command that the README names exists', () => {
  const named = all(/npx greenwave ([a-z]+)/g);
  const commands = readdirSync('cli/commands').map((file) => file.replace('.ts', ''));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});

test('every npm script that the README names exists', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const named = [...all(/npm run ([a-z:]+)/g), ...all(/npm (start|test)\b/g)];
  expect(named.sort()).toEqual(['demo', 'start', 'test']);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every path of the repository that the README names exists', () => {
  const links = all(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g);
  const typed = all(/\b(examples\/[\w./-]+\.yaml)\b/g);
  expect(links.length).toBeGreaterThan(8);
  expect([...links, ...typed].filter((path) => !existsSync(path))).toEqual([]);
});
