import {
  emptyCatalogue,
  recipeKey,
  type Catalogue,
  type Lacking,
} from '../../../../src/domain/preflight/catalogue.js';
import {
  nothingAround,
  outlook,
  scopeOf,
  type PreflightFacts,
} from '../../../../src/domain/preflight/preflight.js';
import type { RevisionFacts } from '../../../../src/domain/refusals.js';
import type { RolloutFile } from '../../../../src/domain/rollout-file.js';
import type { TargetFacts } from '../../../../src/domain/target-facts.js';
import type { RecipeFacts } from '../../../../src/domain/preflight/recipe.js';

/** A component version that runs anywhere and needs nothing, unless said. */
export const version = (
  name: string,
  number: string,
  more: Partial<RecipeFacts> = {},
): RecipeFacts => ({
  name,
  version: number,
  state: 'DEPLOYABLE',
  isNucleus: false,
  manifests: [],
  dependencies: {},
  defaults: {},
  ...more,
});

/** A catalogue in which everything has been read; versions are given greatest first. */
export function catalogueOf(...recipes: readonly RecipeFacts[]): Catalogue {
  const names = [...new Set(recipes.map(({ name }) => name))];
  return {
    versions: Object.fromEntries(
      names.map((name) => [
        name,
        recipes.filter((one) => one.name === name).map((one) => one.version),
      ]),
    ),
    recipes: Object.fromEntries(recipes.map((one) => [recipeKey(one.name, one.version), one])),
  };
}

/** Reads from a full catalogue what is lacking, as src/aws does from the cloud, until nothing is. */
export function readAll(
  full: Catalogue,
  lackingIn: (catalogue: Catalogue) => readonly Lacking[],
): Catalogue {
  let read = emptyCatalogue;
  for (let lacking = lackingIn(read); lacking.length > 0; lacking = lackingIn(read))
    for (const { component, version: number } of lacking)
      read =
        number === undefined
          ? { ...read, versions: { ...read.versions, [component]: full.versions[component] ?? [] } }
          : {
              ...read,
              recipes: {
                ...read.recipes,
                [recipeKey(component, number)]: full.recipes[recipeKey(component, number)] ?? null,
              },
            };
  return read;
}

/** Preflight facts of a target around which nothing else is, where all that is named exists and needs nothing. */
export const undemanding = (
  { release }: Pick<RolloutFile, 'release'>,
  revisions: readonly Pick<RevisionFacts, 'document'>[],
  neighbours: PreflightFacts['neighbours'] = [],
): PreflightFacts => ({
  ...nothingAround,
  neighbours,
  catalogue: catalogueOf(
    ...Object.entries(release.components).flatMap(([name, change]) =>
      change === 'remove' ? [] : [version(name, change.version)],
    ),
    ...[...revisions, ...neighbours].flatMap(({ document }) =>
      Object.entries(document.components).map(([name, { componentVersion }]) =>
        version(name, componentVersion),
      ),
    ),
  ),
});

/** The facts with as much of their catalogue as a plan reads. */
export function readLacking(
  facts: Pick<TargetFacts, 'targetArn' | 'coreDevices' | 'revisions' | 'preflight'>,
  { release }: Pick<RolloutFile, 'release'>,
): PreflightFacts {
  const { preflight } = facts;
  const scope = scopeOf(facts, release, preflight.pins);
  const catalogue = readAll(
    preflight.catalogue,
    (read) => outlook(scope, { ...preflight, catalogue: read }).lacking,
  );
  return { ...preflight, catalogue };
}
