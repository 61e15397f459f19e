import * as z from 'zod';

/** What `--time-scale` takes. */
export const TimeScale = z.union([z.literal('max'), z.coerce.number().positive()], {
  error: 'is neither max nor a number over 0',
});

/** What `--port` takes. */
export const Port = z.coerce
  .number({ error: 'is no port: 0 to 65535' })
  .int('is no port: 0 to 65535')
  .min(0, 'is no port: 0 to 65535')
  .max(65_535, 'is no port: 0 to 65535');

/** Help for the options of a command that serves until it is interrupted. */
export const serverHelp = {
  fleet: { value: 'FILE', help: 'the fleet file (default: the example fleet)' },
  port: { value: 'N', help: 'port on 127.0.0.1; 0 takes a free one (default 4100)' },
};

/** Resolves once the signal is aborted. */
export const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** The lines to type in another terminal, so that AWS clients there find this one. */
export const exports = (
  url: string,
  region: string,
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
) => [
  `  export AWS_ENDPOINT_URL=${url}`,
  `  export AWS_REGION=${region} AWS_DEFAULT_REGION=${region}`,
  `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
];
