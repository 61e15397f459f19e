import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import * as z from 'zod';
import { closing } from '../support/closing.js';

/** npm packs, installs and starts; tsc reads the SDK's declarations. */
jest.setTimeout(180_000);

const Packed = z.tuple([
  z.object({
    filename: z.string(),
    size: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
]);
const Lock = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

/** As in a fresh terminal: npm tells the scripts that it runs, this one among them, which package they belong to. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|NODE_OPTIONS$|npm_(lifecycle|package)_|npm_config_.*prefix)/.test(name),
  ),
);

let folder: string;
let packed: z.infer<typeof Packed>[0];

async function run(program: string, args: readonly string[], more: Record<string, string> = {}) {
  const env = { ...environment, ...more };
  return (await promisify(execFile)(program, args, { cwd: folder, env })).stdout;
}

/** What `npm ci` has put into npm's cache is enough for an installation by the same lock: no registry is asked. */
async function writeLock() {
  const { packages } = Lock.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
  const lock = { lockfileVersion: 3, packages: { '': {}, ...Object.fromEntries(shipped) } };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  await writeFile(join(folder, 'package.json'), '{"private":true}');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenwave-packed-'));
  const pack = ['pack', resolve(), '--json', '--pack-destination', folder];
  [packed] = Packed.parse(JSON.parse(await run('npm', pack)));
  await writeLock();
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quiet, join(folder, packed.filename)]);
});

afterAll(() => rm(folder, { recursive: true }));

test('the package is what runs, and examples: no sources, no tests, no maps, under 200 kB a function', async () => {
  const paths = packed.files.map(({ path }) => path);
  const folders = new Set(
    paths.filter((path) => path.includes('/')).map((path) => path.split('/')[0]),
  );
  expect([...folders].sort()).toEqual(['bin', 'dist', 'examples', 'policies']);
  expect(paths.filter((path) => /(?<!\.d)\.ts$|\.map$|test|stamps|\/\./.test(path))).toEqual([]);
  for (const path of paths.filter((path) => path.endsWith('.mjs')))
    expect(await readFile(join(folder, 'node_modules/greenwave', path), 'utf8')).not.toContain(
      '//# sourceMappingURL',
    );
  const functions = paths.filter((path) => path.startsWith('dist/handlers/'));
  expect(packed.size).toBeLessThan(200_000 * functions.length);
});

/** A process group of its own, for Ctrl-C reaches everything that npx has started. */
async function up(...args: string[]) {
  const child = spawn('npx', ['greenwave', 'up', ...args], {
    cwd: folder,
    env: environment,
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npx does not start');
  closing({
    async close() {
      process.kill(-pid, 'SIGINT');
      await once(child, 'close');
    },
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  return lines;
}

test('installed elsewhere, it starts the local cloud, and a rollout there ends Promoted', async () => {
  const fleet = 'node_modules/greenwave/examples/fleet.yaml';
  const lines = await up('--fleet', fleet, '--port', '0', '--time-scale', 'max');
  const [, url = ''] = /at (http:\/\/127\.0\.0\.1:\d+) /.exec(lines[0] ?? '') ?? [];
  const [, typed = ''] = lines.find((line) => line.includes(' rollout '))?.split('npx ') ?? [];
  expect(typed).toBe('greenwave rollout node_modules/greenwave/examples/rollout.yaml --watch');
  const watched = await run('npx', typed.split(' '), { AWS_ENDPOINT_URL: url });
  expect(watched).toMatch(/Promoted: target: devices 200, succeeded \d+, failed 0/);
});

const CONSUMER = `
import { startEmulator, type Emulator } from 'greenwave/emulator';

const emulator: Emulator = await startEmulator({
  fleet: { seed: 3, thingGroups: { kiosks: { count: 2 } } },
  timeScale: 'max',
});
const { coreDevices } = await (await fetch(emulator.url + '/greengrass/v2/coreDevices')).json() as
  { coreDevices: { coreDeviceThingName: string }[] };
console.log(coreDevices.map(({ coreDeviceThingName }) => coreDeviceThingName).join());
await emulator.close();

// @ts-expect-error The declarations say what a fleet is: a misspelt key does not compile.
export const misspelt = () => startEmulator({ fleet: { sead: 3 } });
`;

test('its emulator is a library with declarations', async () => {
  await writeFile(join(folder, 'consumer.mts'), CONSUMER);
  const types = ['--types', 'node', '--typeRoots', resolve('node_modules/@types')];
  const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', ...types];
  const tsc = resolve('node_modules/typescript/bin/tsc');
  expect(await run(process.execPath, [tsc, ...options, 'consumer.mts'])).toBe('');
  expect(await run(process.execPath, ['consumer.mjs'])).toBe('kiosks-0001,kiosks-0002\n');
});

/** The project's own Jest, as a consumer would have one. */
async function runJest(...args: string[]) {
  await mkdir(join(folder, 'node_modules/@jest'), { recursive: true });
  await symlink(resolve('node_modules/@jest/globals'), join(folder, 'node_modules/@jest/globals'));
  const jest = ['--experimental-vm-modules', resolve('node_modules/jest/bin/jest.js')];
  return promisify(execFile)(process.execPath, [...jest, '--rootDir', '.', ...args], {
    cwd: folder,
    env: environment,
  });
}

test('the test that comes as an example passes where the package is installed', async () => {
  const example = 'emulator.spec.mjs';
  await copyFile(join(folder, 'node_modules/greenwave/examples', example), join(folder, example));
  const { stderr } = await runJest();
  expect(stderr).toContain('Tests:       3 passed, 3 total');
});
