import { join } from 'node:path';
import * as z from 'zod';
import { LOCAL_DEFAULTS } from './clients.js';
import { packageRoot } from './package-root.js';

/** What `--time-scale` takes. */
export const TimeScale = z.union([z.literal('max'), z.coerce.number().positive()], {
  error: 'is neither max nor a number over 0',
});

const Port = z.coerce
  .number({ error: 'is no port: 0 to 65535' })
  .int('is no port: 0 to 65535')
  .min(0, 'is no port: 0 to 65535')
  .max(65_535, 'is no port: 0 to 65535');

/** The options of a command that serves a fleet, and their part of its `input` schema. */
export const serverOptions = {
  fleet: { value: 'FILE', help: 'the fleet file (default: the example fleet)' },
  port: { value: 'N', help: 'port on 127.0.0.1; 0 takes a free one (default 4100)' },
};
export const serverInput = {
  fleet: z.string().default(join(packageRoot, 'examples/fleet.yaml')),
  port: Port.default(4100),
};

/** Resolves once the signal is aborted. */
export const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What to type in another terminal, so that the AWS clients there speak to this one. */
export function exportLines(url: string, region: string): string[] {
  const { accessKeyId, secretAccessKey } = LOCAL_DEFAULTS.credentials;
  return [
    `  export AWS_ENDPOINT_URL=${url}`,
    `  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
  ];
}
