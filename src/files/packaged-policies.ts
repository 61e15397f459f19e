import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidReleaseError } from '../domain/errors.js';
import type { FreezeWindow } from '../domain/release/freeze.js';
import { type Policy, parsePolicy } from '../domain/release/policy.js';
import { nextTime } from './cron-times.js';
import { parseReleaseYaml } from './release-yaml.js';

function checkWindow(window: FreezeWindow, place: string): void {
  try {
    nextTime(window, 0);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidReleaseError(`${place}: ${why}`, { cause });
  }
}

function noneThere(cause: NodeJS.ErrnoException): string[] {
  if (cause.code === 'ENOENT') return [];
  throw cause;
}

async function readPolicy(folder: string, file: string): Promise<Policy> {
  const path = `policies/${file}`;
  const policy = parsePolicy(
    parseReleaseYaml(await readFile(join(folder, file), 'utf8'), path),
    path,
  );
  policy.freeze.forEach((window, i) => checkWindow(window, `${path}: freeze[${i}]`));
  return policy;
}

/**
 * The standing policies in `policies/` below `root`, by the names of their files; none where there is no such folder. Throws an
 * InvalidReleaseError with a line for each problem of the first that is wrong.
 */
export async function packagedPolicies(root: string): Promise<Policy[]> {
  const folder = join(root, 'policies');
  const files = await readdir(folder).catch(noneThere);
  const policies: Policy[] = [];
  for (const file of files.filter((name) => /\.ya?ml$/.test(name)).sort())
    policies.push(await readPolicy(folder, file));
  return policies;
}
