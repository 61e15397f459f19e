import * as z from 'zod';
import { type Meaning, inlineRelease, nothing, unreadable } from './meaning.js';

/** The type of a standard webhook that asks for a release. */
export const RELEASE_TYPE = 'release.published';

const Typed = z.looseObject({ type: z.string() });
const Release = z.looseObject({
  data: z.looseObject({
    file: z.record(z.string(), z.unknown()),
    tag: z.string().min(1).max(255).optional(),
  }),
});

/** What a webhook by the Standard Webhooks specification asks for: it carries the release file itself. */
export function readStandardEvent(body: unknown): Meaning {
  const typed = Typed.safeParse(body);
  if (!typed.success) return unreadable('give a payload with type, timestamp and data');
  if (typed.data.type !== RELEASE_TYPE) return nothing(`${typed.data.type} asks for no release`);
  const release = Release.safeParse(body);
  if (!release.success) return unreadable(`${RELEASE_TYPE}: ${z.prettifyError(release.error)}`);
  const { file, tag } = release.data.data;
  return inlineRelease(file, tag);
}
