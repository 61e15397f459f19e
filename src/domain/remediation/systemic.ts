import * as z from 'zod';
import { shortTarget } from '../target.js';
import type { Settings } from './settings.js';
import type { SeenFleet } from './selection.js';

/** A component version that so many devices of a target are sick with that it is the release that is sick. */
export const SystemicFault = z.strictObject({
  targetArn: z.string(),
  deploymentId: z.string(),
  component: z.string(),
  version: z.string(),
  sick: z.number(),
  size: z.number(),
  /** The rollout of that version that is aborted for it. */
  rolloutId: z.string().optional(),
  /** What rolls the target back, where no rollout does it. */
  command: z.string().optional(),
});
export type SystemicFault = z.infer<typeof SystemicFault>;

/** A target of which so many devices are sick that it has to be asked what they are sick with. */
export interface Suspect {
  readonly targetArn: string;
  readonly deploymentId: string;
  readonly size: number;
  readonly things: readonly string[];
}

/** Fewer than this are chance, however small the target. */
const LEAST = 3;
/** So many devices of a suspect are asked: a bound on the calls of a scan, whatever the size of the fleet. */
const ASKED = 25;

/** The targets that may be sick as a whole, whoever holds their devices. */
export function suspectsOf(
  { targets, signs, records }: SeenFleet,
  { systemicPercent }: Settings,
): Suspect[] {
  return targets.flatMap(({ targetArn, deploymentId, size }) => {
    const sick = signs.filter(
      ({ thing, key, targetArns }) =>
        (key === 'unhealthy' || key === deploymentId) &&
        targetArns.includes(targetArn) &&
        !records.get(thing)?.settled.includes(key),
    );
    const things = [...new Set(sick.map(({ thing }) => thing))].sort();
    const isOver = things.length >= LEAST && 100 * things.length > systemicPercent * size;
    return isOver ? [{ targetArn, deploymentId, size, things }] : [];
  });
}

/** The devices of a suspect that are asked, spread over all of them. */
export function sampleOf({ things }: Suspect): string[] {
  const step = Math.max(1, things.length / ASKED);
  return things
    .filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    .slice(0, ASKED);
}

/** What one device that was asked is sick with; undefined where it names no component. */
export type SickWith = { readonly component: string; readonly version: string } | undefined;

/** Whether a suspect is sick with one component version, by what those that were asked say. */
export function faultOf(
  { targetArn, deploymentId, size, things }: Suspect,
  answers: readonly SickWith[],
  { systemicPercent }: Settings,
): SystemicFault | undefined {
  const named = answers.flatMap((one) => (one ? [`${one.component}\n${one.version}`] : []));
  const counts = new Map<string, number>();
  for (const name of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most) return undefined;
  const [name, number] = most;
  const sick = Math.round((things.length * number) / answers.length);
  if (sick < LEAST || 100 * sick <= systemicPercent * size) return undefined;
  const [component = '', version = ''] = name.split('\n');
  return { targetArn, deploymentId, component, version, sick, size };
}

/** Whether the revision has the component at another version than the devices are sick with. `versions`: what it deploys. */
export const isFormer = (
  { component, version }: Pick<SystemicFault, 'component' | 'version'>,
  versions: Readonly<Record<string, string>>,
): boolean => versions[component] !== undefined && versions[component] !== version;

/** The component that a failure names, with its version in the deployment: the longest name counts. */
export function componentNamed(
  reason: string,
  versions: Readonly<Record<string, string>>,
): SickWith {
  const [component] = Object.keys(versions)
    .filter((name) => reason.includes(name))
    .sort((a, b) => b.length - a.length);
  return component === undefined ? undefined : { component, version: versions[component] ?? '' };
}

/** What identifies a fault from one run to the next: a person is told of it once for each revision of the target. */
export const faultKey = ({ deploymentId, component, version }: SystemicFault) =>
  `${deploymentId} ${component} ${version}`;

/** Whether a person has been told what a suspect is sick with. `told`: the keys of faults. */
export const isTold = ({ deploymentId }: Suspect, told: readonly string[]): boolean =>
  told.some((key) => key.startsWith(`${deploymentId} `));

/** The command that takes a target back to the version that it had before; undefined where it had none. */
export function rollBackCommand(
  { targetArn, component }: SystemicFault,
  formerVersion: string | undefined,
): string | undefined {
  if (formerVersion === undefined) return undefined;
  const file = {
    name: `back-to-${formerVersion}`,
    target: shortTarget(targetArn),
    release: { components: { [component]: { version: formerVersion } } },
  };
  return `echo '${JSON.stringify(file)}' | greenwave rollout /dev/stdin`;
}

/** What a person reads of a fault. */
export const faultWord = ({
  component,
  version,
  sick,
  size,
  targetArn,
  rolloutId,
  command,
}: SystemicFault) =>
  [
    `${sick} of ${size} devices of ${shortTarget(targetArn)} are sick with ${component} ${version}: it is the release that is sick, no device is repaired by itself`,
    rolloutId !== undefined
      ? `rollout ${rolloutId} of that version is aborted`
      : command === undefined
        ? 'no revision of the target had another version: remove the component or release a corrected one'
        : `take the target back with: ${command}`,
  ].join('; ');
