import type * as z from 'zod';
import { describeIssue } from './fleet/fleet-file-error.js';

/**
 * Throws a TypeError that says, line by line, what is wrong with what a program gave to a function, and what would be right.
 * Who calls from JavaScript has no types that tell of a slip.
 */
export function checkGiven(to: string, schema: z.ZodType, given: unknown): void {
  const { error } = schema.safeParse(given);
  if (!error) return;
  const problems = error.issues.flatMap((issue) => describeIssue(issue, given));
  throw new TypeError(problems.map(({ path, problem }) => `${to}: ${path}: ${problem}`).join('\n'));
}
