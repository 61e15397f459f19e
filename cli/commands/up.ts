import { join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '../../local/main.js';
import { command, common } from '../arguments.js';
import { LOCAL_DEFAULTS } from '../clients.js';
import { invocation, typedPath } from '../invocation.js';
import { timestamp } from '../output.js';
import { messageLines } from '../message-lines.js';
import { packageRoot } from '../package-root.js';
import type { Terminal } from '../terminal.js';

const TimeScale = z.union([z.literal('max'), z.coerce.number().positive()], {
  error: 'is neither max nor a number over 0',
});
const Port = z.coerce
  .number({ error: 'is no port: 0 to 65535' })
  .int('is no port: 0 to 65535')
  .min(0, 'is no port: 0 to 65535')
  .max(65_535, 'is no port: 0 to 65535');

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function greet(url: string, region: string, about: string, terminal: Terminal) {
  const { accessKeyId, secretAccessKey } = LOCAL_DEFAULTS.credentials;
  const self = invocation();
  const example = typedPath(join(packageRoot, 'examples/rollout.yaml'));
  [
    `The local cloud is at ${url} (${about}).`,
    '',
    'In another terminal:',
    `  export AWS_ENDPOINT_URL=${url}`,
    `  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
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
    fleet: { value: 'FILE', help: 'the fleet file (default: the example fleet)' },
    port: { value: 'N', help: 'port on 127.0.0.1; 0 takes a free one (default 4100)' },
    'time-scale': {
      value: 'SCALE',
      help: '1 is real time, 600 ten minutes a second, max jumps from event to event (default max)',
    },
    verbose: { help: 'print what the functions log on stderr' },
  },
  input: z.strictObject({
    ...common,
    fleet: z.string().default(join(packageRoot, 'examples/fleet.yaml')),
    port: Port.default(4100),
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
