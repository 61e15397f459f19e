import * as z from 'zod';
import { amount, fields, flag, text } from './fleet/fleet-file-fields.js';
import { describeIssue } from './fleet/fleet-file-error.js';

/* Who starts the emulator from JavaScript has no types that tell of a slip. */

const right = "1, another number above 0, or 'max'";

const Options = fields({
  fleet: z.union([z.string(), z.looseObject({})], {
    error: 'the path of a fleet file, or its content',
  }),
  port: amount('a port', 0, 65_535).optional(),
  timeScale: z
    .union([z.literal('max'), z.number().positive({ error: right })], { error: right })
    .optional(),
  quotas: flag().optional(),
  dataDir: text(/./, 'the path of a directory').optional(),
  onEvent: z
    .custom((value) => typeof value === 'function', { error: 'a function that takes an event' })
    .optional(),
});

/** Throws a TypeError that says which option is wrong, and what would be right. */
export function checkOptions(options: unknown): void {
  const parsed = Options.safeParse(options);
  if (parsed.success) return;
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(issue, options));
  throw new TypeError(
    problems.map(({ path, problem }) => `startEmulator: ${path}: ${problem}`).join('\n'),
  );
}
