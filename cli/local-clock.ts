import * as z from 'zod';
import { UsageError } from './arguments.js';

type Environment = Readonly<Record<string, string | undefined>>;

const ClockAnswer = z.object({
  now: z.iso.datetime(),
  timeScale: z.union([z.number(), z.literal('max')]),
});
export type ClockAnswer = z.infer<typeof ClockAnswer>;

const clockUrl = (endpoint: string) => new URL('/_greenwave/clock', endpoint);

const readAnswer = async (response: Response) => {
  const answer = ClockAnswer.safeParse(await response.json().catch(() => undefined));
  return response.ok ? answer.data : undefined;
};

/** What time it is at an endpoint; undefined where it isn't a local cloud of greenwave. */
export const askClock = async (endpoint: string): Promise<ClockAnswer | undefined> =>
  readAnswer(await fetch(clockUrl(endpoint)));

/** Moves the clock of the local cloud that AWS_ENDPOINT_URL points at; resolves when all that fell due has run. */
export async function advanceClock(
  seconds: number,
  environment: Environment,
): Promise<ClockAnswer> {
  const endpoint = environment['AWS_ENDPOINT_URL'];
  if (!endpoint || !URL.canParse(endpoint))
    throw new UsageError(
      'only the clock of a local cloud can be moved: export the AWS_ENDPOINT_URL that greenwave up, or greenwave emulator, prints',
    );
  const response = await fetch(clockUrl(endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds: seconds }),
  });
  const answer = await readAnswer(response);
  if (answer) return answer;
  throw new UsageError(
    `what answers at ${endpoint} is no local cloud of greenwave (HTTP ${response.status}): real time can't be moved`,
  );
}
