import type { Around, OpenRollout, Place } from '../domain/release/line.js';
import { newPlace, settledPlace } from '../domain/release/new-place.js';
import type { Destination } from '../domain/release/policy.js';
import type { ReleaseContent } from '../domain/release/release.js';
import type { Rollout } from '../domain/rollout.js';
import { deployedVersion } from './deployed-version.js';
import type { Greengrass } from './greengrass.js';
import type { Releases } from './releases.js';
import type { Rollouts } from './rollouts.js';

interface Ports {
  readonly greengrass: Pick<Greengrass, 'latestRevision' | 'document'>;
  readonly releases: Releases;
  readonly rollouts: Pick<Rollouts, 'list'>;
}

const openOn =
  ({ component, targetArn }: Place) =>
  (rollout: Rollout): OpenRollout[] => {
    if (rollout.targetArn !== targetArn) return [];
    const change = rollout.file.release.components[component];
    const version = typeof change === 'object' ? change.version : undefined;
    return [{ rolloutId: rollout.rolloutId, version }];
  };

async function around({ greengrass, releases, rollouts }: Ports, place: Place): Promise<Around> {
  const line = await releases.line();
  return {
    line: line.filter(
      ({ target, releaseId }) => target === place.target && releaseId !== place.releaseId,
    ),
    open: (await rollouts.list('open')).flatMap(openOn(place)),
    deployed: await deployedVersion(greengrass, place),
  };
}

/** Gives a release its place in the line of each destination, once. What speaks against a place is kept with it. */
export async function queueRelease(
  ports: Ports,
  destinations: readonly Destination[],
  content: ReleaseContent,
  about: { releaseId: string; executionArn: string; at: string },
): Promise<Place[]> {
  for (const destination of destinations) {
    const place = newPlace(destination, content, about);
    const seen = await around(ports, place);
    await ports.releases.createPlace(settledPlace(place, seen));
  }
  return ports.releases.placesOf(about.releaseId);
}
