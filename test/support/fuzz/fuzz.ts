import * as z from 'zod';
import { exchange } from '../raw-socket.js';
import { FuzzClient, type FuzzAnswer } from './fuzz-client.js';
import { Chance } from './fuzz-random.js';
import { mutate } from './mutate.js';
import { toBytes, toNoise } from './to-bytes.js';
import type { Known } from './valid-iot-requests.js';
import { validRequest } from './valid-requests.js';

const GOOD = [200, 201, 204];
const REFUSED = [400, 402, 403, 404, 409, 429];

const ErrorBody = z.looseObject({ message: z.string() });

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
};

/** What is wrong with an answer; undefined if it grants, or refuses as the service does. */
function complaint({ status, headers, body }: FuzzAnswer, isHead: boolean): string | undefined {
  if (GOOD.includes(status)) return undefined;
  if (!REFUSED.includes(status)) return `status ${status}: ${body.slice(0, 300)}`;
  if (!headers.has('x-amzn-errortype')) return `${status} without the name of an error`;
  if (isHead || ErrorBody.safeParse(parsed(body)).success) return undefined;
  return `${status} without a message: ${body.slice(0, 300)}`;
}

/** Of what comes back from a connection that got noise, if anything does: each answer is one of ours. */
function complaintOfNoise(received: string): string | undefined {
  const statuses = [...received.matchAll(/^HTTP\/1\.1 (\d+) /gm)].map(([, text]) => Number(text));
  const wrong = statuses.find((status) => ![...GOOD, ...REFUSED].includes(status));
  if (wrong !== undefined) return `status ${wrong}: ${received.slice(0, 500)}`;
  return received !== '' && statuses.length === 0 ? received.slice(0, 500) : undefined;
}

const NOISE = 0.1;

export interface FuzzOutcome {
  /** How many answers there were by status, and how many connections were closed without one. */
  readonly counts: Readonly<Record<string, number>>;
  readonly complaints: readonly string[];
}

/** Sends requests made of a seed, some at a time; stops at a few complaints. */
export async function fuzz(
  url: string,
  known: Known,
  { seed, requests }: { seed: number; requests: number },
): Promise<FuzzOutcome> {
  const counts: Record<string, number> = {};
  const complaints: string[] = [];
  let next = 0;

  const one = async (client: FuzzClient, index: number): Promise<void> => {
    const chance = new Chance(seed, index);
    const request = mutate(validRequest(chance, known), chance);
    const isNoise = chance.is(NOISE);
    const bytes = isNoise ? toNoise(request, chance) : toBytes(request);
    const isHead = request.method === 'HEAD';
    const answer = isNoise ? await exchange(url, bytes) : await client.send(bytes, isHead);
    const isText = typeof answer === 'string';
    const kind = isText ? (isNoise ? 'noise' : answer) : String(answer.status);
    counts[kind] = (counts[kind] ?? 0) + 1;
    const wrong = isText
      ? isNoise
        ? complaintOfNoise(answer)
        : undefined
      : complaint(answer, isHead);
    if (wrong !== undefined)
      complaints.push(
        `seed ${seed}, request ${index}: ${wrong}\n${bytes.subarray(0, 2000).toString('latin1')}`,
      );
  };

  const worker = async () => {
    const client = new FuzzClient(url);
    while (next < requests && complaints.length < 5) await one(client, next++);
    client.close();
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { counts, complaints };
}
