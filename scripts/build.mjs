import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exclusively } from './exclusively.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const CODE = ['src', 'emulator', 'local', 'cli', 'statemachines'];
const CONFIGURATION = [
  'package.json',
  'package-lock.json',
  'serverless.yml',
  'remediation.yaml',
  'scripts/build.mjs',
];
const TEMPLATE = 'cloudformation-template.json';
const STAMPS = at('dist/stamps.json');
const LOCK = at('dist/.lock');

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function digest(files) {
  const hash = createHash('sha256');
  const sorted = files.sort();
  const contents = await Promise.all(sorted.map((file) => readFile(file)));
  sorted.forEach((file, i) => hash.update(relative(root, file)).update(contents[i]));
  return hash.digest('hex');
}

/** Steps are files; `task` and `trigger` are the wrappers that they share. */
async function handlerNames() {
  const files = await readdir(at('src/handlers'));
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .filter((name) => name !== 'task' && name !== 'trigger');
}

async function stamps() {
  const folders = await Promise.all(CODE.map((folder) => filesBelow(at(folder))));
  const machines = await filesBelow(at('statemachines'));
  const infrastructure = await filesBelow(at('infrastructure'));
  const handlers = createHash('sha256')
    .update((await handlerNames()).join())
    .digest('hex');
  return {
    code: await digest([...folders.flat(), ...CONFIGURATION.map((file) => at(file))]),
    template:
      handlers +
      (await digest([...machines, ...infrastructure, ...CONFIGURATION.map((file) => at(file))])),
  };
}

/** The main field order takes the ES modules of the SDK: a third less than the CommonJS ones. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
};

async function bundle(folder) {
  // Not at the top: it is a third of the time of a run that has nothing to build.
  const { build } = await import('esbuild');
  const handlers = await handlerNames();
  await build({
    ...shared,
    minify: true,
    target: 'node22',
    // Its build for browsers is of ES modules: it asks for nothing at run time, and what isn't used is left out.
    alias: { yaml: at('node_modules/yaml/browser/index.js') },
    outdir: join(folder, 'handlers'),
    entryPoints: handlers.map((name) => ({ in: `src/handlers/${name}.ts`, out: `${name}/index` })),
  });
  await build({
    ...shared,
    packages: 'external',
    target: 'node20',
    outdir: folder,
    entryPoints: [
      { in: 'cli/main.ts', out: 'cli' },
      { in: 'emulator/main.ts', out: 'emulator' },
      { in: 'local/lambda/worker.ts', out: 'lambda-worker' },
    ],
  });
}

/** What the Serverless Framework would deploy; it needs no network and no credentials for this. */
async function packageTemplate(folder) {
  const cli = at('node_modules/serverless/bin/serverless.js');
  await promisify(execFile)(process.execPath, [cli, 'package', '--package', folder], {
    cwd: root,
    env: { ...process.env, SLS_NOTIFICATIONS_MODE: 'off', SLS_TELEMETRY_DISABLED: '1' },
  });
  await rename(join(folder, 'cloudformation-template-update-stack.json'), at('dist', TEMPLATE));
}

/** File by file, each in one step: whoever runs from `dist/` meanwhile finds every file, and a whole one. */
async function moveToDist(folder) {
  const fresh = (await filesBelow(folder)).map((file) => relative(folder, file));
  for (const file of fresh) {
    await mkdir(dirname(at('dist', file)), { recursive: true });
    await rename(join(folder, file), at('dist', file));
  }
  const kept = new Set([...fresh, TEMPLATE].map((file) => at('dist', file)));
  const old = (await filesBelow(at('dist'))).filter((file) => !kept.has(file) && file !== LOCK);
  for (const file of old) await rm(file);
}

const readStamps = async () => JSON.parse(await readFile(STAMPS, 'utf8').catch(() => '{}'));

const isSame = (a, b) => a.code === b.code && a.template === b.template;

/** The stamps go first and come last: a build that is interrupted is made again. */
async function rebuild() {
  const [wanted, found] = await Promise.all([stamps(), readStamps()]);
  if (isSame(wanted, found)) return;
  const work = at('dist/.work');
  await rm(work, { recursive: true, force: true });
  await bundle(join(work, 'dist'));
  await rm(STAMPS, { force: true });
  await moveToDist(join(work, 'dist'));
  if (found.template !== wanted.template) await packageTemplate(join(work, 'package'));
  await writeFile(join(work, 'stamps.json'), JSON.stringify(wanted));
  await rename(join(work, 'stamps.json'), STAMPS);
  await rm(work, { recursive: true, force: true });
}

/**
 * Makes `dist/` what the sources say and does nothing if it is that already. One process builds, others wait for it.
 * `announce` is called once, before the work, with what is about to happen.
 */
export async function ensureBuilt(announce = () => undefined) {
  if (isSame(await stamps(), await readStamps())) return;
  announce('building …');
  await mkdir(at('dist'), { recursive: true });
  await exclusively(LOCK, rebuild);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await ensureBuilt(console.error);
