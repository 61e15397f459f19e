import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FleetFile } from '../../emulator/fleet-file.js';

const script = fileURLToPath(new URL('emulator-process.mjs', import.meta.url));

/** An emulator in a process of its own, at 600 times the speed of the clock on the wall. */
export async function startEmulatorProcess(fleet: FleetFile) {
  const child = spawn(process.execPath, [script, JSON.stringify(fleet)], {
    stdio: 'pipe',
  });
  let written = '';
  child.stderr.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const [url] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: url.toString().trim(),
    /** What it has written to stderr, and how it ended if it has. */
    state: () => ({ written, exitCode: child.exitCode, signalCode: child.signalCode }),
    async stop() {
      const isOver = once(child, 'exit');
      child.kill();
      await isOver;
    },
  };
}
