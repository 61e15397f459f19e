import { createHash } from 'node:crypto';
import lt from 'semver/functions/lt.js';
import * as z from 'zod';
import { longestRolloutName, rolloutIdOf } from '../rollout-id.js';
import { type Freeze, FreezeWindow, type NextTime, frozenBy, openWindow } from './freeze.js';
import { Newer } from './policy.js';

/**
 * Where a release stands in the line of one target. Starting: the rollout's execution is asked for and hasn't taken the target yet.
 * Not queued: the policy, or what is there, is against it.
 */
export const PlaceState = z.enum([
  'Waiting',
  'Starting',
  'Started',
  'Replaced',
  'NotQueued',
  'Failed',
]);
export type PlaceState = z.infer<typeof PlaceState>;

/** A release's place in the line of one target, as the table keeps it. */
export const Place = z.strictObject({
  releaseId: z.string(),
  component: z.string(),
  version: z.string(),
  /** In short. */
  target: z.string(),
  targetArn: z.string(),
  policy: z.string(),
  newer: Newer,
  freeze: z.array(FreezeWindow),
  /** The rollout file, as written. */
  rollout: z.record(z.string(), z.unknown()),
  rolloutId: z.string(),
  /** Counts from 1: a rollout that found its target taken is tried again under another id. */
  attempt: z.number(),
  state: PlaceState,
  reason: z.string(),
  /** While it waits: why its target could not take it when it came, if something before it changes nothing. */
  warning: z.string().optional(),
  queuedAt: z.string(),
  /** Not tried again before, epoch milliseconds. */
  notBefore: z.number().optional(),
  /** Counts writes: each is conditional on the one before. */
  writes: z.number(),
});
export type Place = z.infer<typeof Place>;

/** Whether a place is still in the line. */
export const isInLine = ({ state }: Pick<Place, 'state'>): boolean =>
  state === 'Waiting' || state === 'Starting';

/** `thermostat-1.4.0`: a rollout is named after the last part of its component, cut where the whole would be too long. */
export function rolloutNameOf(component: string, version: string): string {
  const last = component.split('.').at(-1)?.toLowerCase() ?? '';
  const name = last.replace(/^[^a-z0-9]+/, '') || 'component';
  const ending = `-${version.replaceAll('+', '-')}`.slice(0, longestRolloutName - 1);
  return `${name.slice(0, longestRolloutName - ending.length)}${ending}`;
}

/** The id of the rollout that a release starts on a target: the same again for the same attempt. */
export function placeRolloutId(
  name: string,
  { releaseId, target, attempt }: Pick<Place, 'releaseId' | 'target' | 'attempt'>,
): string {
  const digest = createHash('sha256').update([releaseId, target, attempt].join('\n')).digest();
  return rolloutIdOf(name, digest);
}

/** The id of the rollout that an event asks for: the same event again is the same rollout. */
export const requestedRolloutId = (name: string, eventId: string): string =>
  rolloutIdOf(name, createHash('sha256').update(eventId).digest());

/** In the order in which they came. */
export const inOrder = (places: readonly Place[]): Place[] =>
  [...places].sort((a, b) =>
    `${a.queuedAt}\n${a.releaseId}` < `${b.queuedAt}\n${b.releaseId}` ? -1 : 1,
  );

/** A rollout that is open on a target. */
export interface OpenRollout {
  readonly rolloutId: string;
  /** The component's version in its release; undefined where it is of other components. */
  readonly version: string | undefined;
}

/** What there is on the target of a new place. */
export interface Around {
  /** The line of the target, in order, without this place. */
  readonly line: readonly Place[];
  readonly open: readonly OpenRollout[];
  /** The version that the target's latest revision has of the component. */
  readonly deployed: string | undefined;
}

/**
 * Why a version would take its target back: a release that comes late, or is sent again by whoever has kept it, takes no fleet
 * back to what it had. Asked when it comes, and when its turn comes: those before it change what the target has.
 */
export const olderThan = (
  { version, target }: Pick<Place, 'version' | 'target'>,
  deployed: string | undefined,
): string | undefined =>
  deployed !== undefined && lt(version, deployed)
    ? `${target} has ${deployed}, which is newer; greenwave rollout takes it back`
    : undefined;

/** Why a new place isn't queued; undefined where it is. */
export function placeRefusal(
  { component, version, newer, target }: Place,
  { line, open, deployed }: Around,
): string | undefined {
  // What a rollout under way has put there may be taken back yet: whose turn it is then is asked once more.
  if (open.length === 0) {
    const older = olderThan({ version, target }, deployed);
    if (older !== undefined) return older;
    if (deployed === version) return `${target} has ${version} already`;
  }
  const same = line.filter((place) => place.component === component);
  const waiting = same.find((place) => place.version === version);
  if (waiting) return `release ${waiting.releaseId} has ${version} in the line already`;
  const rolling = open.find((rollout) => rollout.version === version);
  if (rolling) return `rollout ${rolling.rolloutId} is rolling ${version} out already`;
  const ahead = same.find((place) => place.state === 'Waiting' && lt(version, place.version));
  if (newer === 'replace' && ahead)
    return `release ${ahead.releaseId} has ${ahead.version} in the line, which is newer`;
  if (newer !== 'refuse') return undefined;
  const [other] = same;
  const running = open.find((rollout) => rollout.version !== undefined);
  if (running) return `the policy refuses a newer release while ${running.rolloutId} is under way`;
  return other && `the policy refuses a newer release while ${other.releaseId} is in the line`;
}

/**
 * Places whose turn is lost to a new one: those of older versions of the same component that still wait, where the policy says
 * replace. A step that runs once more takes nothing from newer ones that came since; and what the target could not take, by
 * preflight, replaces nothing that it may.
 */
export const replacedBy = (place: Place, { line }: Pick<Around, 'line'>): Place[] =>
  place.newer === 'replace' && place.state === 'Waiting' && place.warning === undefined
    ? line.filter(
        (other) =>
          other.component === place.component &&
          other.state === 'Waiting' &&
          lt(other.version, place.version),
      )
    : [];

/** What is asked before a place gets its turn. */
export interface Turn {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly freezes: readonly Freeze[];
  readonly nextTime: NextTime;
  /** The place before it in its target's line. */
  readonly before: Pick<Place, 'releaseId'> | undefined;
  /** The rollout that holds the target. */
  readonly holder: string | undefined;
  readonly show: (time: number) => string;
}

/** Why a place waits; undefined where its turn has come. */
export function waitsFor(
  place: Place,
  { at, freezes, nextTime, before, holder, show }: Turn,
): string | undefined {
  if (before) return `behind release ${before.releaseId}`;
  const frozen = frozenBy(freezes, place.target);
  if (frozen !== undefined) return frozen;
  const window = openWindow(place.freeze, at, nextTime);
  if (window)
    return `policy ${place.policy} starts nothing until ${show(window.until)}: ${window.reason}`;
  if (holder !== undefined) return `rollout ${holder} holds the target`;
  return place.notBefore !== undefined && at < place.notBefore
    ? `its target was taken; tried again at ${show(place.notBefore)}`
    : undefined;
}
