import { targetArnOf } from '../target.js';
import { type Around, type Place, placeRefusal, placeRolloutId, rolloutNameOf } from './line.js';
import { type Destination, rolloutFileOf, unknownTargets, type Policy } from './policy.js';
import type { ReleaseContent } from './release.js';

/** A release's place on a destination, as if it were queued now. */
export function newPlace(
  { policy, target, refusal }: Destination,
  { component, version, configuration }: ReleaseContent,
  { releaseId, executionArn, at }: { releaseId: string; executionArn: string; at: string },
): Place {
  const name = rolloutNameOf(component, version);
  const attempt = 1;
  const change = { version, ...configuration };
  return {
    releaseId,
    component,
    version,
    target,
    targetArn: targetArnOf(executionArn, target),
    policy: policy.name,
    newer: policy.newer,
    freeze: [...policy.freeze],
    rollout: rolloutFileOf(policy, target, { name, component, change }),
    rolloutId: placeRolloutId(name, { releaseId, target, attempt }),
    attempt,
    state: refusal === undefined ? 'Waiting' : 'NotQueued',
    reason:
      refusal === undefined ? 'its turn has not come yet' : `policy ${policy.name}: ${refusal}`,
    queuedAt: at,
    writes: 0,
  };
}

/** The place after what is around it has been looked at. */
export function settledPlace(place: Place, around: Around): Place {
  const reason = place.state === 'Waiting' ? placeRefusal(place, around) : undefined;
  return reason === undefined ? place : { ...place, state: 'NotQueued', reason };
}

/** The place that has lost its turn to another. */
export const replacedPlace = (place: Place, { releaseId, version }: Place): Place => ({
  ...place,
  state: 'Replaced',
  reason: `replaced by ${version} of release ${releaseId}`,
});

/** In one sentence, what has become of a release's destinations. */
export function queueNews(
  places: readonly Place[],
  content: ReleaseContent,
  policies: readonly Policy[],
): string {
  const queued = places.filter(({ state }) => state !== 'NotQueued');
  const refused = places.filter(({ state }) => state === 'NotQueued');
  const unknown = unknownTargets(policies, content);
  const news = [
    ...(queued.length > 0 ? [`in line for ${queued.map(({ target }) => target).join(', ')}`] : []),
    ...refused.map(({ target, reason }) => `not for ${target}: ${reason}`),
    ...unknown.map((target) => `not for ${target}: no policy has ${content.component} there`),
  ];
  return news.length > 0 ? news.join('; ') : `no policy has the component ${content.component}`;
}
