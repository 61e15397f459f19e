import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';

const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }),
);
const file = createRequire(`${process.cwd()}/package.json`).resolve(
  '@octokit/webhooks-examples/api.github.com/index.json',
);

/** The payloads that GitHub itself gives as examples, by the name of their event. */
export const webhookExamples = Examples.parse(JSON.parse(readFileSync(file, 'utf8'))).flatMap(
  ({ name, examples }) => examples.map((payload) => ({ event: name, payload })),
);

/** The first of an event with this action. */
export function webhookExample(event: string, action: string): Record<string, unknown> {
  const found = webhookExamples.find(
    (one) => one.event === event && one.payload['action'] === action,
  );
  if (!found) throw new Error(`there is no example of ${event}.${action}`);
  return found.payload;
}
