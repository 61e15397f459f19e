import semver from 'semver';
import * as z from 'zod';
import { InvalidReleaseError } from '../errors.js';
import { rolloutFileProblems } from '../rollout-file.js';
import { issueProblems } from '../rollout-file-problems.js';
import { shortTarget } from '../target.js';
import { Target, duration, fields, text } from '../written-fields.js';
import type { FreezeWindow } from './freeze.js';
import type { ReleaseContent } from './release.js';

/** What a release does that finds a rollout of the same component on its target. */
export const Newer = z.enum(['queue', 'replace', 'refuse']);
export type Newer = z.infer<typeof Newer>;

const Window = fields({
  cron: text('a cron expression of five fields, such as "0 15 * * FRI"', /^\S+( \S+){4}$/),
  duration: duration(
    'a duration from 1m to 30d, such as 64h',
    (seconds) => seconds >= 60 && seconds <= 30 * 86_400,
  ),
  timeZone: z
    .string({ error: 'a time zone by its IANA name, such as Europe/Berlin' })
    .default('UTC'),
  reason: text('a reason of 1 to 200 characters', /^.{1,200}$/),
}).transform(({ duration: durationSeconds, ...window }) => ({ ...window, durationSeconds }));

const range = 'a range of versions in quotes, such as ">=1.4.0 <3"';

const WrittenPolicy = fields({
  components: z
    .array(
      text(
        'a component name, or the beginning of some and a *, such as com.example.*',
        /^[a-zA-Z0-9._-]{0,128}\*?$/,
      ),
      { error: 'a list of component names, such as [com.example.Thermostat]' },
    )
    .min(1, { error: 'a list of at least one component name' }),
  targets: z
    .array(Target, { error: 'a list of targets, such as [thinggroup/thermostats]' })
    .min(1, { error: 'a list of at least one target' }),
  versions: z
    .string({ error: range })
    .refine((written) => semver.validRange(written) !== null, { error: range })
    .optional(),
  preReleases: z.boolean({ error: 'true or false' }).default(false),
  newer: z.enum(Newer.options, { error: Newer.options.join(', ') }).default('queue'),
  freeze: z.array(Window, { error: 'a list of windows' }).default([]),
  strategy: z
    .record(z.string(), z.unknown(), { error: 'a strategy as in a rollout file' })
    .default({}),
});

/** A standing policy: which components go to which targets, how, and when not. */
export interface Policy extends Omit<z.infer<typeof WrittenPolicy>, 'freeze'> {
  /** The name of its file. */
  readonly name: string;
  readonly freeze: readonly FreezeWindow[];
}

/** The rollout file of a component version on a target, as a person would write it. */
export const rolloutFileOf = (
  { strategy }: Pick<Policy, 'strategy'>,
  target: string,
  release: { name: string; component: string; change: Record<string, unknown> },
): Record<string, unknown> => ({
  name: release.name,
  target,
  release: { components: { [release.component]: release.change } },
  strategy,
});

/** What is wrong with the strategy, for each target: one thing takes another strategy than a group. */
function strategyProblems(policy: z.infer<typeof WrittenPolicy>): string[] {
  const release = { name: 'policy', component: 'example', change: { version: '1.0.0' } };
  const problems = policy.targets.flatMap((target) =>
    rolloutFileProblems(rolloutFileOf(policy, target, release)),
  );
  return [...new Set(problems)];
}

/** Reads what a policy's file holds. Throws an InvalidReleaseError with a line for each problem. */
export function parsePolicy(value: unknown, file: string): Policy {
  const written = WrittenPolicy.safeParse(value, { reportInput: true });
  const problems = written.success
    ? strategyProblems(written.data)
    : issueProblems(written.error.issues);
  if (!written.success || problems.length > 0)
    throw new InvalidReleaseError(problems.map((problem) => `${file}: ${problem}`).join('\n'));
  return { ...written.data, name: file.replace(/^.*\/|\.ya?ml$/g, '') };
}

const takesComponent = ({ components }: Policy, component: string) =>
  components.some((name) =>
    name.endsWith('*') ? component.startsWith(name.slice(0, -1)) : component === name,
  );

/** Why a policy doesn't take a version; undefined where it does. */
export function versionRefusal(
  { versions = '*', preReleases }: Pick<Policy, 'versions' | 'preReleases'>,
  version: string,
): string | undefined {
  if (!preReleases && semver.prerelease(version) !== null)
    return `${version} is a pre-release, and preReleases is false`;
  return semver.satisfies(version, versions, { includePrerelease: true })
    ? undefined
    : `${version} is not in ${versions}`;
}

/** Where a component version is to go by a policy, or why the policy doesn't take it there. */
export interface Destination {
  readonly policy: Policy;
  /** In short. */
  readonly target: string;
  readonly refusal: string | undefined;
}

/**
 * Where a component version goes: each target that a policy of the component has, once; of several policies the first that takes
 * the version. Of a release that names targets, those only.
 */
export function destinationsOf(
  policies: readonly Policy[],
  { component, version, targets }: Pick<ReleaseContent, 'component' | 'version' | 'targets'>,
): Destination[] {
  const wanted = targets && new Set(targets.map(shortTarget));
  const found = new Map<string, Destination>();
  for (const policy of policies.filter((one) => takesComponent(one, component)))
    for (const target of policy.targets.map(shortTarget)) {
      if (wanted && !wanted.has(target)) continue;
      const before = found.get(target);
      if (before && before.refusal === undefined) continue;
      found.set(target, { policy, target, refusal: versionRefusal(policy, version) });
    }
  return [...found.values()];
}

/** Targets that a release names and that no policy of its component has. */
export function unknownTargets(
  policies: readonly Policy[],
  { component, targets = [] }: Pick<ReleaseContent, 'component' | 'targets'>,
): string[] {
  const known = policies
    .filter((one) => takesComponent(one, component))
    .flatMap((policy) => policy.targets.map(shortTarget));
  return targets.map(shortTarget).filter((target) => !known.includes(target));
}
