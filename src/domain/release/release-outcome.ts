import * as z from 'zod';
import { outcomeReason } from '../outcome.js';
import type { ReleaseRecord } from './release.js';

/** How a release ends: its rollouts are in the line, or a step could not do its work. */
export const ReleaseOutcome = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('Released'), reason: z.string() }),
  z.strictObject({
    phase: z.literal('Failed'),
    step: z.string(),
    error: z.string(),
    cause: z.string(),
  }),
]);
export type ReleaseOutcome = z.infer<typeof ReleaseOutcome>;

/** The release once it has ended. */
export const endedRelease = (
  release: ReleaseRecord,
  outcome: ReleaseOutcome,
  at: string,
): ReleaseRecord => ({
  ...release,
  phase: outcome.phase,
  reason: outcome.phase === 'Failed' ? outcomeReason(outcome) : outcome.reason,
  endedAt: at,
});
