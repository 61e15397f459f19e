import { shortTarget } from '../src/domain/target.js';
import { Target } from '../src/domain/written-fields.js';
import { UsageError } from './arguments.js';

/** The argument of the commands that stop the line of one target, or of all where it is left out. */
export const TARGET = { key: 'target', label: '[TARGET]', isOptional: true } as const;

/** A target as the line knows it: in short; undefined for all. */
export function lineTarget(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined;
  const target = Target.safeParse(typed);
  if (target.success) return shortTarget(target.data);
  throw new UsageError(`TARGET ${typed} is not ${target.error.issues[0]?.message}`);
}
