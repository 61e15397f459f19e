import { type Place, inOrder, replacedBy } from '../domain/release/line.js';
import { replacedPlace } from '../domain/release/new-place.js';
import { preflightedPlace } from '../domain/release/place-preflight.js';
import { parseRolloutFile } from '../domain/rollout-file.js';
import { preflightRefusal } from '../domain/rollout-plan.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Releases } from './releases.js';
import type { Rollouts } from './rollouts.js';
import { readTargetFacts } from './target-facts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly releases: Releases;
  readonly rollouts: Rollouts;
}

/**
 * Finds out whether the targets that a release waits for could take it as they are, by what a plan reads and how it decides, and keeps
 * with each place what it has found. Then a release has the turn of those that it replaces. What is being started is left to its plan. Answers the release's places.
 */
export async function preflightRelease(
  ports: Ports,
  releaseId: string,
  readAt: number,
): Promise<Place[]> {
  const line = await ports.releases.line();
  const places: Place[] = [];
  for (const place of await ports.releases.placesOf(releaseId)) {
    if (place.state !== 'Waiting') {
      places.push(place);
      continue;
    }
    const { target, rolloutId } = place;
    const file = parseRolloutFile(place.rollout, 'rollout');
    const facts = await readTargetFacts(ports, { rolloutId, file, readAt });
    const others = line.filter((other) => other.target === target && other.releaseId !== releaseId);
    const [first] = inOrder([place, ...others]);
    const isFirst = first?.releaseId === releaseId && facts.openRollouts.length === 0;
    const seen = preflightedPlace(place, { refusal: preflightRefusal(file, facts), isFirst });
    const isNews = seen.state !== place.state || seen.warning !== place.warning;
    const kept = isNews ? await ports.releases.savePlace(seen) : place;
    places.push(kept);
    for (const other of replacedBy(kept, { line: others }))
      await ports.releases.savePlace(replacedPlace(other, kept));
  }
  return places;
}
