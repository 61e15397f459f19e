import type { Place } from './line.js';

/**
 * A place after preflight. What devices could not take is refused where nothing is before it on its target: it would meet what
 * there is now. Where something is, that may yet change the target, so it is only noted, and the plan decides in its turn.
 */
export function preflightedPlace(
  place: Place,
  { refusal, isFirst }: { refusal: Error | undefined; isFirst: boolean },
): Place {
  const found = refusal && `${refusal.name}: ${refusal.message}`;
  return found !== undefined && isFirst
    ? { ...place, state: 'Failed', reason: found, warning: undefined }
    : { ...place, warning: found };
}

/** What a release is told after preflight of its places, in one sentence with what was told before. */
export const preflightNews = (told: string, places: readonly Place[]): string =>
  [
    told,
    ...places.flatMap(({ target, state, reason, warning }) => {
      if (state === 'Failed') return [`refused for ${target}: ${reason}`];
      return warning === undefined ? [] : [`${target} could not take it now: ${warning}`];
    }),
  ].join('; ');
