import * as z from 'zod';
import { Outlook } from './verdict-outlook.js';

/** One line of a rollout's history: when, in which step, who, what and why. */
export const AuditEvent = z.strictObject({
  /** ISO, as it sorts in the table. */
  at: z.string(),
  step: z.string(),
  actor: z.string(),
  what: z.string(),
  why: z.string(),
  /** Of a verdict: how far it is from others, and what would change it. */
  alternatives: Outlook.shape.alternatives.optional(),
  wouldChange: Outlook.shape.wouldChange.optional(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
