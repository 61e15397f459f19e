import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { closing } from './closing.js';

/** A package like this one, with policies of its own. */
export async function packageWith(policies: Record<string, unknown>) {
  const root = await mkdtemp(join(tmpdir(), 'greenwave-policies-'));
  closing({ close: () => rm(root, { recursive: true }) });
  await symlink(resolve('dist'), join(root, 'dist'));
  await mkdir(join(root, 'policies'));
  for (const [name, policy] of Object.entries(policies))
    await writeFile(join(root, 'policies', name), JSON.stringify(policy));
  return root;
}
