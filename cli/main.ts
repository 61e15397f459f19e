import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Command } from './arguments.js';
import { abort } from './commands/abort.js';
import { advance } from './commands/advance.js';
import { approve } from './commands/approve.js';
import { cleanup } from './commands/cleanup.js';
import { demo } from './commands/demo.js';
import { emulator } from './commands/emulator.js';
import { explain } from './commands/explain.js';
import { freeze } from './commands/freeze.js';
import { list } from './commands/list.js';
import { pause } from './commands/pause.js';
import { plan } from './commands/plan.js';
import { release } from './commands/release.js';
import { releases } from './commands/releases.js';
import { remediate } from './commands/remediate.js';
import { resume } from './commands/resume.js';
import { rollout } from './commands/rollout.js';
import { status } from './commands/status.js';
import { unfreeze } from './commands/unfreeze.js';
import { up } from './commands/up.js';
import { watch } from './commands/watch.js';
import { explainError } from './explain-error.js';
import { packageRoot } from './package-root.js';
import { processTerminal } from './terminal.js';
import type { Terminal } from './terminal.js';

const COMMANDS: readonly Command[] = [
  demo,
  up,
  advance,
  plan,
  rollout,
  list,
  status,
  watch,
  approve,
  pause,
  resume,
  abort,
  cleanup,
  explain,
  release,
  releases,
  freeze,
  unfreeze,
  remediate,
  emulator,
];

const overview = () => {
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length));
  return [
    'greenwave rolls software out to fleets of AWS IoT Greengrass core devices, wave by wave.',
    '',
    'Usage: greenwave COMMAND [options]',
    '',
    ...COMMANDS.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
    '',
    'greenwave COMMAND --help tells more. It speaks to AWS as the AWS CLI does, or to the local cloud that',
    'AWS_ENDPOINT_URL points at; on 127.0.0.1 region and credentials may be left out.',
    'Exit codes: 0 promoted or done, 1 error, 2 aborted, 3 held, 4 superseded.',
  ];
};

const version = () =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))).version;

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  const command = COMMANDS.find((one) => one.name === name);
  if (command) return command.run(rest, terminal);
  if (name === '--version') {
    terminal.out(version());
    return 0;
  }
  const isAsked = name === '--help' || name === 'help';
  const print = (line: string) => (isAsked ? terminal.out(line) : terminal.err(line));
  if (name !== undefined && !isAsked) {
    print(`greenwave: there is no command ${name}; greenwave --help lists all`);
    return 1;
  }
  overview().forEach(print);
  return isAsked ? 0 : 1;
}

/** Runs one command line and answers the exit code. An error is told on stderr, one line per problem. */
export async function main(argv: readonly string[], terminal = processTerminal()): Promise<number> {
  try {
    return await dispatch(argv, terminal);
  } catch (error) {
    explainError(error, terminal.environment)
      .split('\n')
      .forEach((line) => {
        terminal.err(`greenwave: ${line}`);
      });
    return 1;
  }
}
