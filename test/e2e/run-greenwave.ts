import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const PROGRAM = 'bin/greenwave.mjs';

const environmentWith = (environment: Record<string, string>) => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return { ...Object.fromEntries(inherited), ...environment };
};

const start = (args: readonly string[], environment: Record<string, string>) =>
  spawn(process.execPath, [PROGRAM, ...args], { env: environmentWith(environment) });

/** Runs one command line to its end. Of the environment's AWS settings it gets only those given. */
export async function greenwave(args: readonly string[], environment: Record<string, string> = {}) {
  const child = start(args, environment);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, stdout, stderr };
}

/** Starts a command that serves, and waits until it does. `stop` is what Ctrl-C does; it resolves to the exit code. */
async function serve(args: readonly string[]) {
  const child = start([...args, '--json', '--port', '0'], {});
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, 'close');
  const line = await Promise.race([once(lines, 'line') as Promise<[string]>, closed]);
  const url = /"url":"([^"]+)"/.exec(String(line[0]))?.[1];
  if (url === undefined) throw new Error(`${args.join(' ')}: ${stderr}`);
  const end = async (signal: 'SIGINT' | 'SIGKILL') => {
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  return { url, stop: () => end('SIGINT'), kill: () => end('SIGKILL') };
}

export const greenwaveUp = (args: readonly string[]) => serve(['up', ...args]);
export const greenwaveEmulator = (args: readonly string[]) => serve(['emulator', ...args]);

/** In the local cloud's time; resolves when all that fell due has run. */
export async function hoursPass({ url }: { url: string }, hours: number) {
  const body = JSON.stringify({ advanceSeconds: hours * 3600 });
  const answer = await fetch(`${url}/_greenwave/clock`, { method: 'POST', body });
  if (!answer.ok) throw new Error(await answer.text());
}
