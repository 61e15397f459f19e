import * as z from 'zod';
import { InvalidRolloutError } from './errors.js';
import { JsonObject } from './json-pointer.js';
import { issueProblems, thingProblems, waveProblems } from './rollout-file-problems.js';
import { WrittenRolloutFile } from './written-rollout-file.js';

/** What a release does to one component: a version with a change of configuration, or its removal. */
export const ComponentRelease = z.union([
  z.literal('remove'),
  z.strictObject({
    version: z.string(),
    merge: JsonObject.optional(),
    reset: z.array(z.string()).optional(),
  }),
]);
export type ComponentRelease = z.infer<typeof ComponentRelease>;

/** The component versions to ship, by component name. */
export const Release = z.strictObject({ components: z.record(z.string(), ComponentRelease) });
export type Release = z.infer<typeof Release>;

/** The size of a wave as a person gives it: devices, or percent of the devices with a rank, cumulative. */
export const WaveSpecification = z.strictObject({
  name: z.string().optional(),
  devices: z.number().optional(),
  percent: z.number().optional(),
  bakeSeconds: z.number().optional(),
  /** Once it has passed, the rollout goes on only when a person approves. */
  approval: z.boolean().optional(),
});
export type WaveSpecification = z.infer<typeof WaveSpecification>;

/** The limits that health is judged by. */
export const Health = z.strictObject({
  maxFailurePercent: z.number(),
  /** Of the whole rollout: how likely a release within the limit may be aborted, and one over it be called proven. */
  falseAbortRisk: z.number(),
  falsePromoteRisk: z.number(),
  deviceDeadlineSeconds: z.number(),
  minReachPercent: z.number(),
});
export type Health = z.infer<typeof Health>;

/** How a rollout moves on. */
export const Strategy = z.strictObject({
  waves: z.array(WaveSpecification),
  health: Health,
  maxInFlight: z.number(),
  onHold: z.enum(['wait', 'abort', 'promote']),
  onAbort: z.enum(['rollback', 'stop']),
  /** How long hit devices that can't be reached are waited for. */
  returnWithinSeconds: z.number(),
});
export type Strategy = z.infer<typeof Strategy>;

/** A rollout file once read: defaults filled in, durations in seconds. This form is kept and travels. */
export const RolloutFile = z.strictObject({
  name: z.string(),
  /** As written: `thinggroup/NAME`, `thing/NAME`, or the ARN of either. */
  target: z.string(),
  release: Release,
  strategy: Strategy,
});
export type RolloutFile = z.infer<typeof RolloutFile>;

function checked(value: unknown) {
  const written = WrittenRolloutFile.safeParse(value, { reportInput: true });
  const problems = [
    ...(written.success ? [] : issueProblems(written.error.issues)),
    ...waveProblems(value),
    ...thingProblems(value),
  ];
  return { written, problems };
}

/** What is wrong with a rollout file, a line for each problem: field, value and what would be right. */
export const rolloutFileProblems = (value: unknown): string[] => checked(value).problems;

/**
 * Reads what a rollout file holds, `file` being its name for the message. Throws an InvalidRolloutError with one line for each
 * problem: file, field, value and what would be right.
 */
export function parseRolloutFile(value: unknown, file: string): RolloutFile {
  const { written, problems } = checked(value);
  if (!written.success || problems.length > 0)
    throw new InvalidRolloutError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  return written.data;
}
