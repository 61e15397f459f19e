import type { FleetSpec, GroupSpec } from '../fleet-file.js';
import { draw, pickWeighted, type Spread } from './random.js';
import type { Runtime } from './runtime.js';

/** What a group's devices are like; one object per group, shared by its devices. */
export interface Profile {
  readonly runtime: Runtime;
  readonly platforms: Readonly<Record<string, number>>;
  /** Attributes that manifests may ask for besides. */
  readonly platformOverride: Readonly<Record<string, string>>;
  readonly nucleus: Readonly<Record<string, number>>;
  readonly online: number;
  /** Undefined: a device that goes offline by itself never returns. */
  readonly returnsAfterSeconds: Spread | undefined;
  readonly deploySeconds: Spread;
  readonly clientDevices: number;
  /** Of its thing. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether the device may ask for the thing groups that it is in. */
  readonly mayListThingGroups: boolean;
}

/** What a group's devices are where the fleet file doesn't say. */
export const DEFAULT_PLATFORMS: Readonly<Record<string, number>> = { 'linux/aarch64': 1 };
const DEFAULT_NUCLEUS = {
  aws_nucleus_classic: { '2.15.0': 1 },
  aws_nucleus_lite: { '2.5.1': 1 },
} as const satisfies Record<Runtime, Record<string, number>>;
const DEFAULT_DEPLOY_SECONDS: Spread = { median: 40, p99: 300 };

/** The profile of a group's devices; of a group that the fleet file doesn't know, the defaults. */
export function profileOf(group: string, spec: FleetSpec): Profile {
  const written = spec.thingGroups[group] ?? {};
  return {
    ...kindsOf(written),
    platformOverride: written.platformOverride ?? {},
    online: written.online ?? 1,
    returnsAfterSeconds: written.offline?.returnsAfterSeconds,
    deploySeconds: written.deploySeconds ?? DEFAULT_DEPLOY_SECONDS,
    clientDevices: written.clientDevices ?? 0,
    attributes: written.attributes ?? {},
    mayListThingGroups: written.mayListThingGroups ?? true,
  };
}

const kindsOf = ({ runtime = 'aws_nucleus_classic', platforms, nucleus }: GroupSpec) => ({
  runtime,
  platforms: platforms ?? DEFAULT_PLATFORMS,
  nucleus: typeof nucleus === 'string' ? { [nucleus]: 1 } : (nucleus ?? DEFAULT_NUCLEUS[runtime]),
});

/** `thermostats-0001` ...: four digits at least. */
export const memberNames = (group: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${group}-${String(i + 1).padStart(4, '0')}`);

/** The members of a group as the fleet file gives them, its own devices and those of other groups. */
export function membersOf(group: string, spec: FleetSpec): readonly string[] {
  const { count, members } = spec.thingGroups[group] ?? {};
  return count === undefined ? [...new Set(members)] : memberNames(group, count);
}

/**
 * The things whose attributes this group gives: with `count` all its members, with `members` those that no group with
 * `count` makes and no group before this one names.
 */
export function devicesOf(group: string, spec: FleetSpec): readonly string[] {
  const members = membersOf(group, spec);
  if (spec.thingGroups[group]?.count !== undefined) return members;
  const others = new Set<string>();
  let isBefore = true;
  for (const [name, { count }] of Object.entries(spec.thingGroups)) {
    if (name === group) isBefore = false;
    else if (count !== undefined || isBefore)
      for (const member of membersOf(name, spec)) others.add(member);
  }
  return members.filter((member) => !others.has(member));
}

/** What one device is, drawn from the seed and its own name. */
export const drawAttributes = (seed: number, thing: string, profile: Profile) => ({
  platform: pickWeighted(draw(seed, 'platform', thing), profile.platforms),
  nucleusVersion: pickWeighted(draw(seed, 'nucleus', thing), profile.nucleus),
  isOnline: draw(seed, 'online', thing) < profile.online,
});
