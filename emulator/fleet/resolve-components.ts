import semver from 'semver';
import type { ComponentVersion } from '../cloud.js';
import { noPlatform, noVersion, refusal, satisfiesAll, type Constraints } from './constraints.js';
import { findCycle } from './find-cycle.js';
import type { Refusal } from './outcome.js';
import { runsOn, type Platform } from './platform.js';
import { resolveNucleus } from './resolve-nucleus.js';
import type { Slot } from './slots.js';

/** What a device can choose from and what it is. */
export interface Surroundings {
  /** What the cloud can give. */
  readonly catalogue: readonly ComponentVersion[];
  /** What the device has and the cloud has no more: taken where the cloud has no match. */
  readonly local: readonly ComponentVersion[];
  readonly platform: Platform;
  /** The name of the device's own core software, which resolves to itself. */
  readonly nucleus: string;
  readonly nucleusVersion: string;
}

/** One version for each component, or why there is none. */
export type Resolution =
  | { readonly versions: ReadonlyMap<string, ComponentVersion>; readonly nucleusVersion: string }
  | { readonly refusal: Refusal };

/** The graph as far as it is known: who constrains whom, and what was chosen under those constraints. */
class Graph {
  readonly constraints = new Map<string, Constraints>();
  readonly chosen = new Map<string, ComponentVersion>();
  readonly queue = new Set<string>();

  require(component: string, requirer: string, range: string): void {
    const constraints = this.constraints.get(component) ?? new Map<string, string>();
    constraints.set(requirer, range);
    this.constraints.set(component, constraints);
    this.queue.add(component);
  }

  /** Takes back what a component that was chosen before asked of others. */
  release(component: string): void {
    const before = this.chosen.get(component);
    if (!before) return;
    this.chosen.delete(component);
    for (const dependency of Object.keys(before.dependencies)) {
      const constraints = this.constraints.get(dependency);
      constraints?.delete(component);
      if (constraints?.size === 0) this.drop(dependency);
      else this.queue.add(dependency);
    }
  }

  choose(component: string, version: ComponentVersion): void {
    if (this.chosen.get(component) === version) return;
    this.release(component);
    this.chosen.set(component, version);
    for (const [dependency, { versionRequirement }] of Object.entries(version.dependencies))
      this.require(dependency, component, versionRequirement);
  }

  private drop(component: string): void {
    this.constraints.delete(component);
    this.queue.delete(component);
    this.release(component);
  }
}

/** Each round settles one component; a graph that still moves after so many is chasing its own tail. */
const MOST_ROUNDS = 1000;

/**
 * Finds one version per component that meets every constraint of all slots, the last of which is that of the deployment, and
 * of the recipes.
 * Documented: developer guide, "Create deployments": a dependency that nobody pins floats to the latest match.
 */
export function resolveComponents(slots: readonly Slot[], surroundings: Surroundings): Resolution {
  const graph = new Graph();
  for (const { name, roots } of slots)
    for (const [component, version] of Object.entries(roots))
      graph.require(component, name, semver.valid(version) ? `=${version}` : version);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const [component] = graph.queue;
    if (component === undefined) break;
    graph.queue.delete(component);
    if (component === surroundings.nucleus) continue;
    const constraints = graph.constraints.get(component) ?? new Map<string, string>();
    const candidate = choose(component, constraints, surroundings);
    if ('refusal' in candidate) return candidate;
    graph.choose(component, candidate);
  }
  const cycle = findCycle(graph.chosen);
  if (cycle)
    return refusal(
      ['COMPONENT_CIRCULAR_DEPENDENCY_ERROR'],
      `Circular dependency detected for component ${cycle}`,
    );
  const nucleus = settleNucleus(graph, slots.at(-1), surroundings);
  return 'refusal' in nucleus ? nucleus : { versions: graph.chosen, ...nucleus };
}

function settleNucleus(
  { constraints, chosen }: Graph,
  deployed: Slot | undefined,
  around: Surroundings,
) {
  const own = constraints.get(around.nucleus);
  const others = [...chosen.values()].filter(({ isNucleus }) => isNucleus);
  if (others.length + (own ? 1 : 0) > 1) return severalNuclei(others);
  const isNamed = around.nucleus in (deployed?.roots ?? {});
  return resolveNucleus(own ?? new Map<string, string>(), isNamed, around);
}

/** Documented: nucleus source, DependencyResolver.checkNonExplicitNucleusUpdate: code and message. */
const severalNuclei = (nuclei: readonly ComponentVersion[]) =>
  refusal(
    ['MULTIPLE_NUCLEUS_RESOLVED_ERROR'],
    'Deployment cannot have more than 1 component of type Nucleus ' +
      `[${nuclei.map((each) => `${each.componentName}-${each.componentVersion}`).join(', ')}]`,
  );

/** Documented: developer guide, "Dependency resolution": the cloud's latest match, else what the device has. */
function choose(
  component: string,
  constraints: Constraints,
  { catalogue, local, platform }: Surroundings,
): ComponentVersion | { refusal: Refusal } {
  const matches = (candidate: ComponentVersion) =>
    candidate.componentName === component && satisfiesAll(candidate.componentVersion, constraints);
  const offered = catalogue.filter(matches);
  const latest = offered
    .filter((candidate) => runsOn(candidate, platform))
    .sort((a, b) => semver.rcompare(a.componentVersion, b.componentVersion))[0];
  const candidate = latest ?? local.find(matches);
  if (candidate) return candidate;
  return offered.length > 0
    ? noPlatform(component, constraints)
    : noVersion(component, constraints);
}
