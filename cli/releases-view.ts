import type { Freeze } from '../src/domain/release/freeze.js';
import type { Place } from '../src/domain/release/line.js';
import type { ReleaseRecord } from '../src/domain/release/release.js';
import { paint, table, timestamp } from './output.js';

/** A release with its places. */
export interface ShownRelease {
  readonly release: ReleaseRecord;
  readonly places: readonly Place[];
}

const HEAD = ['release', 'phase', 'component', 'version', 'started', 'reason'];
const PLACE_HEAD = ['release', 'target', 'state', 'rollout', 'reason'];

/** What a program reads of a release. */
export const releaseStatus = ({ release, places }: ShownRelease) => ({
  id: release.releaseId,
  phase: release.phase,
  component: release.content?.component,
  version: release.content?.version,
  startedBy: release.startedBy,
  startedAt: release.startedAt,
  endedAt: release.endedAt,
  reason: release.reason,
  rollouts: places.map(({ target, state, rolloutId, policy, reason, warning, queuedAt }) => ({
    target,
    state,
    rolloutId,
    policy,
    reason,
    warning,
    queuedAt,
  })),
});

/** Why a place is where it is, and while it waits what preflight has found. */
const placeReason = ({ state, reason, warning }: Place) =>
  state === 'Waiting' && warning !== undefined
    ? `${reason}; its target could not take it now: ${warning}`
    : reason;

const frozenLine = ({ target, by, at, reason }: Freeze) =>
  `${target ?? 'Every target'} is frozen by ${by} since ${timestamp(at)}: ${reason}`;

/** Releases, their places in the lines, and what stops those, as a person reads them. */
export function releasesLines(
  shown: readonly ShownRelease[],
  freezes: readonly Freeze[],
  hasColour: boolean,
): string[] {
  const colour = paint(hasColour);
  const rows = shown.map(({ release }) => [
    release.releaseId,
    release.phase === 'Failed' ? colour('red', release.phase) : release.phase,
    release.content?.component,
    release.content?.version,
    timestamp(release.startedAt),
    release.reason.split('\n')[0],
  ]);
  const places = shown.flatMap((one) => one.places);
  const placeRows = places.map((place) => [
    place.releaseId,
    place.target,
    place.state,
    place.state === 'NotQueued' ? undefined : place.rolloutId,
    placeReason(place),
  ]);
  return [
    ...table(HEAD, rows),
    ...(places.length > 0 ? ['', ...table(PLACE_HEAD, placeRows)] : []),
    ...(freezes.length > 0 ? ['', ...freezes.map((one) => colour('yellow', frozenLine(one)))] : []),
  ];
}
