import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs a program with this on stdin and answers what it writes; throws with what it complains of if it fails. */
export async function runWithInput(program: string, args: readonly string[], input: string) {
  const child = spawn(program, args, { stdio: 'pipe' });
  child.stdin.end(input);
  const ended = once(child, 'close');
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await ended;
  if (child.exitCode !== 0)
    throw new Error(`${program} ended with ${child.exitCode}: ${complaint}`);
  return out;
}
