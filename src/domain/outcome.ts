import * as z from 'zod';

/** How a rollout ended other than by being promoted, as the state machine hands it over. */
export const Outcome = z.discriminatedUnion('phase', [
  z.strictObject({ phase: z.literal('Aborted'), reason: z.string() }),
  z.strictObject({ phase: z.literal('Superseded'), reason: z.string() }),
  z.strictObject({
    phase: z.literal('Failed'),
    step: z.string(),
    error: z.string(),
    /** As Step Functions gives it: the JSON of a function's error, or the description of a child execution. */
    cause: z.string(),
  }),
]);
export type Outcome = z.infer<typeof Outcome>;

const ERROR_MESSAGE = /"errorMessage":"((?:[^"\\]|\\.)*)"/;

/** The message inside a cause, however deep a child execution has wrapped it; the cause itself where there is none. */
export function messageIn(cause: string): string {
  let text = cause;
  for (let depth = 0; depth < 4; depth += 1) {
    const message = ERROR_MESSAGE.exec(text)?.[1];
    if (message !== undefined) return message.replaceAll('\\"', '"').replaceAll('\\n', ' ');
    text = text.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  }
  return cause;
}

/** One sentence for a person: what ended the rollout. */
export function outcomeReason(outcome: Outcome): string {
  if (outcome.phase !== 'Failed') return outcome.reason;
  const message = messageIn(outcome.cause);
  return `${outcome.step} could not do its work: ${outcome.error}${message ? `: ${message}` : ''}`;
}
