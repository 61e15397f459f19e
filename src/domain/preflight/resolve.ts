import satisfies from 'semver/functions/satisfies.js';
import valid from 'semver/functions/valid.js';
import { recipeKey, type Catalogue, type Lacking } from './catalogue.js';
import { claims, nucleusName, type Platform } from './device-kind.js';
import { findCycle } from './find-cycle.js';
import type { RecipeFacts } from './recipe.js';

/** Who wants which versions of a component: a target by its document, or another component by its recipe. */
export interface Ask {
  /** `thinggroup/sensors`, or a component. */
  readonly by: string;
  /** The version of the component that asks; undefined for a target. */
  readonly version?: string | undefined;
  readonly range: string;
}

/** A component that a target's document names. */
export interface Root {
  readonly target: string;
  readonly component: string;
  /** A version, or an npm range. */
  readonly range: string;
}

/** No version meets all that is asked, or none of those that do has a manifest for the device. */
export interface VersionProblem {
  readonly kind: 'no version' | 'no manifest';
  readonly component: string;
  readonly asks: readonly Ask[];
  /** Those that there are, undefined where nobody had to ask; for `no manifest` those that would do. */
  readonly versions: readonly string[] | undefined;
}

/** Why a device could not take it. */
export type Problem =
  | VersionProblem
  /** Components that need each other, that undo each other's choice without end, or that are core software beside another. */
  | { readonly kind: 'cycle' | 'restless' | 'nuclei'; readonly components: readonly string[] };

/** One version per component, what is asked of each, and what is in the way. */
export interface Resolution {
  readonly chosen: ReadonlyMap<string, RecipeFacts>;
  readonly asks: ReadonlyMap<string, readonly Ask[]>;
  /** Names that the cloud has no version of any more, though a target has had one: a device that has it keeps it. */
  readonly gone: readonly string[];
  readonly problems: readonly Problem[];
  /** What has to be read before the rest can be told. */
  readonly lacking: readonly Lacking[];
}

interface World {
  readonly catalogue: Catalogue;
  readonly platform: Platform;
  /** Taken instead of the greatest where they meet what is asked. */
  readonly preferred: Readonly<Record<string, string>>;
}

type Choice =
  | { readonly recipe: RecipeFacts }
  | { readonly lacking: Lacking }
  | { readonly problem: VersionProblem };

/** The one version that a range is, without the `=` or `v` that npm allows before it. */
const exactly = ({ range }: Ask) =>
  valid(range) === null ? undefined : range.trim().replace(/^[=v\s]+/, '');

/** The versions to try, best first: of an exact one there is no choice. */
function candidates(component: string, asks: readonly Ask[], { catalogue, preferred }: World) {
  const exact = asks.map(exactly).find((version) => version !== undefined);
  const known = exact === undefined ? catalogue.versions[component] : [exact];
  const first = preferred[component];
  const sorted = first !== undefined && known?.includes(first) ? [first, ...known] : known;
  return sorted?.filter((version) => asks.every(({ range }) => satisfies(version, range)));
}

function choose(component: string, asks: readonly Ask[], world: World): Choice {
  const { catalogue, platform } = world;
  const wanted = candidates(component, asks, world);
  if (wanted === undefined) return { lacking: { component } };
  const unclaimed: string[] = [];
  for (const version of wanted) {
    const recipe = catalogue.recipes[recipeKey(component, version)];
    if (recipe === undefined) return { lacking: { component, version } };
    if (recipe?.state !== 'DEPLOYABLE') continue;
    if (claims(recipe, platform)) return { recipe };
    unclaimed.push(version);
  }
  return {
    problem:
      unclaimed.length > 0
        ? { kind: 'no manifest', component, asks, versions: unclaimed }
        : { kind: 'no version', component, asks, versions: catalogue.versions[component] },
  };
}

/** Who asks what of whom, as far as it is known, and what was chosen for it. */
function createGraph(roots: readonly Root[]) {
  const asks = new Map<string, Map<string, Ask>>();
  const chosen = new Map<string, RecipeFacts>();
  const queue = new Set<string>();

  const ask = (component: string, one: Ask) => {
    asks.set(component, (asks.get(component) ?? new Map<string, Ask>()).set(one.by, one));
    queue.add(component);
  };
  for (const { target, component, range } of roots) ask(component, { by: target, range });

  /** Takes back a choice and what it asked of others; what nobody asks for any more leaves too. */
  const release = (component: string) => {
    const before = chosen.get(component);
    chosen.delete(component);
    for (const dependency of Object.keys(before?.dependencies ?? {})) {
      asks.get(dependency)?.delete(component);
      if (asks.get(dependency)?.size !== 0) {
        queue.add(dependency);
        continue;
      }
      asks.delete(dependency);
      queue.delete(dependency);
      release(dependency);
    }
  };

  return {
    chosen,
    asksOf: (component: string) => [...(asks.get(component)?.values() ?? [])],
    all: () => new Map([...asks].map(([name, of]) => [name, [...of.values()]])),
    next: () => {
      const [component] = queue;
      if (component !== undefined) queue.delete(component);
      return component;
    },
    choose(component: string, recipe: RecipeFacts) {
      if (chosen.get(component) === recipe) return;
      release(component);
      chosen.set(component, recipe);
      for (const [dependency, range] of Object.entries(recipe.dependencies))
        ask(dependency, { by: component, version: recipe.version, range });
    },
  };
}

/** Each round settles one component; what still moves after so many never comes to rest. */
const mostRounds = 1000;

/** Whether a target names a version that the cloud has no more, and nothing else is in its way: a device that has it keeps it. */
const isGone = ({ component, asks }: VersionProblem, { catalogue }: World) =>
  asks
    .filter(({ version }) => version === undefined)
    .map(exactly)
    .some(
      (version) =>
        version !== undefined &&
        catalogue.recipes[recipeKey(component, version)] === null &&
        asks.every(({ range }) => satisfies(version, range)),
    );

/**
 * Finds what a device takes, in the way a device does (nucleus source, DependencyResolver): one component after the other, the
 * greatest version that meets what is asked so far, chosen anew where more is asked. It never tries a smaller version of one
 * component for the sake of another, so neither does this. The core software is left to `nucleusProblems`.
 */
export function resolve(roots: readonly Root[], world: World): Resolution {
  const graph = createGraph(roots);
  const failed = new Map<string, VersionProblem>();
  const lacking = new Map<string, Lacking>();
  const nucleus = nucleusName(world.platform);
  let component = graph.next();
  for (let round = 0; component !== undefined && round < mostRounds; round += 1) {
    // A device gives up at its first failure: what comes later doesn't mend it.
    if (component !== nucleus && !failed.has(component)) {
      const choice = choose(component, graph.asksOf(component), world);
      lacking.delete(component);
      if ('recipe' in choice) graph.choose(component, choice.recipe);
      else if ('lacking' in choice) lacking.set(component, choice.lacking);
      else failed.set(component, choice.problem);
    }
    component = graph.next();
  }
  const asks = graph.all();
  const open = [...failed.values()];
  return {
    chosen: graph.chosen,
    asks,
    gone: open.filter((one) => isGone(one, world)).map(({ component }) => component),
    problems: [
      ...open.filter((one) => !isGone(one, world)),
      ...(component === undefined ? [] : [{ kind: 'restless' as const, components: [component] }]),
      ...wholeProblems(graph.chosen, asks.has(nucleus) ? nucleus : undefined),
    ],
    lacking: [...lacking.values()].filter(({ component }) => asks.has(component)),
  };
}

/** What is wrong with all choices together. */
function wholeProblems(
  chosen: ReadonlyMap<string, RecipeFacts>,
  nucleus: string | undefined,
): Problem[] {
  const cycle = findCycle(chosen);
  const others = [...chosen.values()].filter(({ isNucleus }) => isNucleus);
  const nuclei = [
    ...others.map(({ name, version }) => `${name} ${version}`),
    ...(nucleus === undefined ? [] : [nucleus]),
  ];
  return [
    ...(cycle ? [{ kind: 'cycle' as const, components: cycle }] : []),
    ...(nuclei.length > 1 ? [{ kind: 'nuclei' as const, components: nuclei }] : []),
  ];
}
