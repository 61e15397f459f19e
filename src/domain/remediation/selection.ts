import type { DeviceRecord } from './device-record.js';
import { MOST_DEVICES, type Settings } from './settings.js';

/** A sign by which a device is found sick: `unhealthy`, `silent`, or the deployment at which it failed or hangs. */
export interface Sign {
  readonly thing: string;
  readonly key: string;
  /** The targets that it counts for. */
  readonly targetArns: readonly string[];
}

/** A target whose latest revision is in force. */
export interface ScannedTarget {
  readonly targetArn: string;
  readonly deploymentId: string;
  /** Devices that have it or are to get it. */
  readonly size: number;
  /** A rollout that is open has it. */
  readonly isLocked: boolean;
}

/** What a scan of the fleet has seen. */
export interface SeenFleet {
  readonly targets: readonly ScannedTarget[];
  readonly signs: readonly Sign[];
  /** Devices that are disconnected, silent or not. */
  readonly away: ReadonlySet<string>;
  /** Devices in the hands of a rollout. */
  readonly held: ReadonlySet<string>;
  readonly records: ReadonlyMap<string, DeviceRecord>;
}

/** Which devices a run is for; all without `only`. */
export interface Wanted {
  readonly only: ReadonlySet<string> | undefined;
  /** A person asks for this one device: neither its back-off nor its used-up attempts count. */
  readonly isAsked: boolean;
}

/** The devices of a run, and why the other sick ones are not among them. */
export interface Selection {
  /** In this order; at most 40. */
  readonly things: string[];
  readonly sick: number;
  readonly left: {
    readonly held: number;
    readonly away: number;
    readonly backingOff: number;
    readonly escalated: number;
    readonly quarantined: number;
    readonly systemic: number;
    readonly overBudget: number;
  };
}

type Left = keyof Selection['left'];

const none: Selection['left'] = {
  held: 0,
  away: 0,
  backingOff: 0,
  escalated: 0,
  quarantined: 0,
  systemic: 0,
  overBudget: 0,
};

interface Candidate {
  readonly thing: string;
  readonly keys: string[];
  readonly targetArns: string[];
}

function candidatesOf({ signs, records }: SeenFleet, only: Wanted['only']): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { thing, key, targetArns } of signs) {
    if (only && !only.has(thing)) continue;
    if (records.get(thing)?.settled.includes(key)) continue;
    const known = found.get(thing) ?? { thing, keys: [], targetArns: [] };
    known.keys.push(key);
    known.targetArns.push(...targetArns);
    found.set(thing, known);
  }
  return [...found.values()];
}

/** Why a device that has been dealt with before is left alone for now. */
function restOf(record: DeviceRecord | undefined, keys: readonly string[], now: number) {
  if (record?.state === 'BackingOff' && now < (record.nextAt ?? 0)) return 'backingOff';
  if (record?.state === 'Quarantined') return 'quarantined';
  // A silent device is told as silent, whatever else it is found by: the rest counts once it is back.
  const counted = keys.includes('silent') ? ['silent'] : keys;
  const isKnown =
    record?.state === 'Escalated' && counted.every((key) => record.keys.includes(key));
  return isKnown ? 'escalated' : undefined;
}

function reasonToLeave(
  { thing, keys }: Candidate,
  seen: SeenFleet,
  { systemic, isAsked }: { systemic: ReadonlySet<string>; isAsked: boolean },
  now: number,
): Left | undefined {
  const isOfRollout = seen.targets.some(
    ({ deploymentId, isLocked }) => isLocked && keys.includes(deploymentId),
  );
  if (seen.held.has(thing) || isOfRollout) return 'held';
  const rest = isAsked ? undefined : restOf(seen.records.get(thing), keys, now);
  if (rest) return rest;
  if (systemic.has(thing)) return 'systemic';
  return seen.away.has(thing) && !keys.includes('silent') ? 'away' : undefined;
}

/** How many devices of each target are in repair, and how many may be. */
function places({ targets }: SeenFleet, { maxPercent }: Settings) {
  const used = new Map<string, number>();
  const most = new Map(
    targets.map(({ targetArn, size }) => [
      targetArn,
      Math.max(1, Math.floor((size * maxPercent) / 100)),
    ]),
  );
  return {
    isFree: (targetArns: readonly string[]) =>
      targetArns.every((arn) => (used.get(arn) ?? 0) < (most.get(arn) ?? Infinity)),
    take(targetArns: readonly string[]) {
      for (const arn of new Set(targetArns)) used.set(arn, (used.get(arn) ?? 0) + 1);
    },
  };
}

const byUrgency = (a: Candidate, b: Candidate) =>
  Number(a.keys.includes('silent')) - Number(b.keys.includes('silent')) ||
  (a.thing < b.thing ? -1 : 1);

/** Devices of which something is kept that isn't so any more. */
function wellAgain(seen: SeenFleet, sick: ReadonlySet<string>, { only }: Wanted): string[] {
  return [...seen.records.values()]
    .filter(({ state }) => state !== 'Repairing' && state !== 'Recovered')
    .map(({ thing }) => thing)
    .filter((thing) => !sick.has(thing) && !seen.held.has(thing) && !seen.away.has(thing))
    .filter((thing) => only?.has(thing) ?? true)
    .sort();
}

/**
 * Decides whom a run works on: repairs that are under way first, then as many new ones as the budget has places for, then those
 * that are well again. `systemic`: devices that are sick with the release of their target, of which none is touched by itself.
 */
export function selectDevices(
  seen: SeenFleet,
  systemic: ReadonlySet<string>,
  settings: Settings,
  wanted: Wanted,
  now: number,
): Selection {
  const all = candidatesOf(seen, wanted.only);
  const sick = new Set(all.map(({ thing }) => thing));
  const left = { ...none };
  const room = places(seen, settings);
  const following = [...seen.records.values()].filter(({ state }) => state === 'Repairing');
  const targetsOf = new Map(all.map(({ thing, targetArns }) => [thing, targetArns]));
  for (const { thing, targetArn } of following)
    room.take([...(targetsOf.get(thing) ?? []), ...(targetArn === undefined ? [] : [targetArn])]);
  const things = following
    .map(({ thing }) => thing)
    .filter((thing) => wanted.only?.has(thing) ?? true);
  const isFollowed = new Set(things);
  let inRepair = following.length;
  for (const candidate of all.sort(byUrgency)) {
    if (isFollowed.has(candidate.thing)) continue;
    const why = reasonToLeave(candidate, seen, { systemic, isAsked: wanted.isAsked }, now);
    const isSilent = candidate.keys.includes('silent');
    const hasPlace =
      inRepair < settings.maxDevices && (isSilent || room.isFree(candidate.targetArns));
    if (why) left[why] += 1;
    else if (!hasPlace) left.overBudget += 1;
    else {
      inRepair += 1;
      if (!isSilent) room.take(candidate.targetArns);
      things.push(candidate.thing);
    }
  }
  const again = wellAgain(seen, sick, wanted);
  return { things: [...things, ...again].slice(0, MOST_DEVICES), sick: sick.size, left };
}
