import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FleetFile } from '../../emulator/fleet-file.js';

/** The fleet as a file, for a program that is started by its command line; the paths in it are those of the checkout. */
export async function fleetOnDisk(fleet: FleetFile) {
  const folder = await mkdtemp(join(tmpdir(), 'greenwave-'));
  const components = (fleet.components ?? []).map((recipe) =>
    typeof recipe === 'string' ? resolve(recipe) : recipe,
  );
  const file = join(folder, 'fleet.json');
  await writeFile(file, JSON.stringify({ ...fleet, components }));
  return { file, remove: () => rm(folder, { recursive: true }) };
}
