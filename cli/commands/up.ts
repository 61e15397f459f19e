import { join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '../../local/main.js';
import { command, common } from '../arguments.js';
import { invocation, typedPath } from '../invocation.js';
import { timestamp } from '../output.js';
import { messageLines } from '../message-lines.js';
import { packageRoot } from '../package-root.js';
import { exportLines, serverInput, serverOptions, TimeScale, untilAborted } from '../serving.js';
import type { Terminal } from '../terminal.js';

function greet(url: string, region: string, about: string, terminal: Terminal) {
  const self = invocation();
  const example = typedPath(join(packageRoot, 'examples/rollout.yaml'));
  [
    `The local cloud is at ${url} (${about}).`,
    '',
    'In another terminal:',
    ...exportLines(url, region),
    `  ${self} plan ${example}`,
    `  ${self} rollout ${example} --watch`,
    '',
    'Ctrl-C stops it; nothing is kept.',
  ].forEach((line) => {
    terminal.out(line);
  });
}

export const up = command({
  name: 'up',
  summary:
    'Starts the local cloud: greenwave and a simulated fleet on this machine, with no AWS account.',
  options: {
    ...serverOptions,
    'time-scale': {
      value: 'SCALE',
      help: '1 is real time, 600 ten minutes a second, max jumps from event to event (default max)',
    },
    verbose: { help: 'print what the functions log on stderr' },
  },
  input: z.strictObject({
    ...common,
    ...serverInput,
    timeScale: TimeScale.default('max'),
    verbose: z.boolean().default(false),
  }),
  notes: [
    'With max, time moves while a rollout runs and stands still otherwise; greenwave advance moves it too.',
    'What greenwave tells people by SNS is printed. It runs until Ctrl-C or SIGTERM.',
  ],
  example: 'greenwave up --fleet examples/fleet.yaml --time-scale 600',
  async run({ fleet, port, timeScale, stage, verbose, json }, terminal) {
    const interrupted = terminal.interrupted();
    const print = (line: string) => terminal.out(line);
    const cloud = await startLocalCloud({
      fleet,
      port,
      timeScale,
      stage,
      root: packageRoot,
      ...(json ? {} : { onMessage: (message) => messageLines(message).forEach(print) }),
      ...(verbose ? { onLog: (line: string) => terminal.err(line) } : {}),
    });
    const { region, account } = cloud.emulator;
    const now = new Date(cloud.clock.now()).toISOString();
    if (json)
      terminal.out(JSON.stringify({ url: cloud.url, region, account, stage, timeScale, now }));
    else
      greet(
        cloud.url,
        region,
        `${region}, account ${account}; time ${timestamp(now)}, scale ${timeScale}`,
        terminal,
      );
    await untilAborted(interrupted);
    await cloud.close();
    return 0;
  },
});
