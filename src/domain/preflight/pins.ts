import type { DeploymentDocument } from '../deployment-document.js';
import type { Release } from '../rollout-file.js';
import { nucleusName, type Platform } from './device-kind.js';
import type { RecipeFacts } from './recipe.js';
import type { Resolution } from './resolve.js';

/** Versions by component that a rollout itself has put into a document, for the sake of others in it. */
export type Pins = Readonly<Record<string, string>>;

/** What a kind of devices would take, and what it gets from elsewhere. */
export interface Resolved {
  readonly platform: Platform;
  readonly resolution: Resolution;
  /** Components that other targets of these devices name. */
  readonly named: ReadonlySet<string>;
}

/** A dependency that stays unpinned, and why. */
export interface Unpinned {
  readonly component: string;
  readonly reason: string;
}

/** A document without what a rollout before this one pinned, less what the release names or somebody has configured since. */
export function withoutPins(
  document: DeploymentDocument,
  pins: Pins,
  release: Release,
): DeploymentDocument {
  const components = Object.entries(document.components).filter(([name, specification]) => {
    const { componentVersion, configurationUpdate, runWith } = specification;
    const isPin =
      pins[name] === componentVersion && configurationUpdate === undefined && runWith === undefined;
    return !isPin || release.components[name] !== undefined;
  });
  return { ...document, components: Object.fromEntries(components) };
}

export const withPins = (document: DeploymentDocument, pins: Pins): DeploymentDocument => ({
  ...document,
  components: {
    ...document.components,
    ...Object.fromEntries(
      Object.entries(pins).map(([name, componentVersion]) => [name, { componentVersion }]),
    ),
  },
});

/** Everything that these components need, by name, themselves left out. */
export function dependenciesOf(
  roots: readonly string[],
  chosen: ReadonlyMap<string, RecipeFacts>,
): Set<string> {
  const found = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop())
    for (const dependency of Object.keys(chosen.get(name)?.dependencies ?? {}))
      if (!found.has(dependency)) {
        found.add(dependency);
        queue.push(dependency);
      }
  roots.forEach((root) => found.delete(root));
  return found;
}

const isNucleus = (name: string, { platform, resolution }: Resolved) =>
  name === nucleusName(platform) || (resolution.chosen.get(name)?.isNucleus ?? false);

/** Why a dependency can't be pinned; undefined where it can. */
function hindrance(name: string, kinds: readonly Resolved[]): string | undefined {
  if (kinds.some((kind) => isNucleus(name, kind)))
    return 'the core software is pinned only where the release names it';
  if (kinds.some(({ named }) => named.has(name))) return 'another target of these devices names it';
  const versions = new Set(kinds.map(({ resolution }) => resolution.chosen.get(name)?.version));
  if (versions.has(undefined)) return 'not all devices need it';
  if (versions.size > 1) return `devices take different versions: ${[...versions].join(', ')}`;
  return undefined;
}

/**
 * The dependencies of a document, each at the version that every kind of devices takes. A pin is a component of the document, so it
 * is made only where it changes nothing but the future: not for the core software, not over another target's word, not where devices
 * differ. Kinds that can't take the document at all don't count.
 */
export function pinsFor(
  document: Pick<DeploymentDocument, 'components'>,
  resolved: readonly Resolved[],
): { pins: Pins; unpinned: Unpinned[] } {
  const kinds = resolved.filter(({ resolution }) => resolution.problems.length === 0);
  const roots = Object.keys(document.components);
  const names = new Set(
    kinds.flatMap(({ resolution }) => [...dependenciesOf(roots, resolution.chosen)]),
  );
  const pins: Record<string, string> = {};
  const unpinned: Unpinned[] = [];
  for (const component of [...names].sort()) {
    const reason = hindrance(component, kinds);
    const version = kinds[0]?.resolution.chosen.get(component)?.version;
    if (reason === undefined && version !== undefined) pins[component] = version;
    else if (reason !== undefined) unpinned.push({ component, reason });
  }
  return { pins, unpinned };
}
