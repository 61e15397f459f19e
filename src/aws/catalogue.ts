import { componentArn, versionArn } from '../domain/component-arn.js';
import {
  emptyCatalogue,
  recipeKey,
  type Catalogue,
  type Lacking,
} from '../domain/preflight/catalogue.js';
import { recipeFacts, type RecipeFacts } from '../domain/preflight/recipe.js';
import type { Greengrass } from './greengrass.js';

/** ARNs of a component where it may be, first where it is looked for first: a private one hides a public one of the same name. */
export const componentArns = (targetArn: string, name: string): [string, string] => [
  componentArn(targetArn, name),
  componentArn(targetArn, name, 'aws'),
];

async function versionsOf(greengrass: Greengrass, targetArn: string, name: string) {
  for (const arn of componentArns(targetArn, name)) {
    const versions = await greengrass.componentVersions(arn);
    if (versions.length > 0) return versions;
  }
  return [];
}

async function recipeOf(
  greengrass: Greengrass,
  targetArn: string,
  name: string,
  version: string,
): Promise<RecipeFacts | null> {
  for (const component of componentArns(targetArn, name)) {
    const arn = versionArn(component, version);
    const json = await greengrass.recipe(arn);
    const status = json === undefined ? undefined : await greengrass.componentVersion(arn);
    if (status?.state) return recipeFacts(json, status.state);
  }
  return null;
}

/**
 * Reads of the cloud's components what a resolution lacks, until it lacks nothing. Calls: two per component
 * version looked at, three where it is public, one or two per component of which a range is asked; as many as the closure has, whatever the size of the fleet.
 */
export async function readCatalogue(
  greengrass: Greengrass,
  targetArn: string,
  lackingIn: (catalogue: Catalogue) => readonly Lacking[],
): Promise<Catalogue> {
  let catalogue = emptyCatalogue;
  for (let lacking = lackingIn(catalogue); lacking.length > 0; lacking = lackingIn(catalogue))
    for (const { component, version } of lacking)
      catalogue =
        version === undefined
          ? {
              ...catalogue,
              versions: {
                ...catalogue.versions,
                [component]: await versionsOf(greengrass, targetArn, component),
              },
            }
          : {
              ...catalogue,
              recipes: {
                ...catalogue.recipes,
                [recipeKey(component, version)]: await recipeOf(
                  greengrass,
                  targetArn,
                  component,
                  version,
                ),
              },
            };
  return catalogue;
}
