import { foldOf, type DeploymentDocument } from '../deployment-document.js';
import { deepMerge, keysOf, pointerOf, valueAt, type JsonObject } from '../json-pointer.js';
import type { Release } from '../rollout-file.js';
import { recipeKey, type Catalogue } from './catalogue.js';
import { nearest } from './nearest.js';

type Json = JsonObject[string];

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: Json): string => {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
};

/** A key that isn't there, and one that may have been meant. */
function unknownKey(keys: readonly string[], within: JsonObject): string {
  const meant = nearest(keys.at(-1) ?? '', Object.keys(within));
  const pointer = pointerOf(keys);
  return meant === undefined
    ? `${pointer} is`
    : `${pointer} (${pointerOf([...keys.slice(0, -1), meant])}?) is`;
}

/** What `merge` writes that the defaults don't know, or know as something else. An object without keys takes any. */
function mergeProblems(merge: JsonObject, known: JsonObject, path: readonly string[]): string[] {
  const isOpen = Object.keys(known).length === 0;
  return Object.entries(merge).flatMap(([key, value]) => {
    const keys = [...path, key];
    const old = valueAt(known, [key]);
    if (old === undefined)
      return isOpen
        ? []
        : [`${unknownKey(keys, known)} merged, but not in the recipe's default configuration`];
    if (isObject(value) && isObject(old)) return mergeProblems(value, old, keys);
    return old === null || value === null || kindOf(old) === kindOf(value)
      ? []
      : [`${pointerOf(keys)} is merged as ${kindOf(value)}, but is ${kindOf(old)} by default`];
  });
}

function resetProblems(reset: readonly string[], known: JsonObject): string[] {
  if (Object.keys(known).length === 0) return [];
  return reset.flatMap((pointer) => {
    const keys = keysOf(pointer);
    if (valueAt(known, keys) !== undefined) return [];
    const parent = valueAt(known, keys.slice(0, -1));
    return [
      `${unknownKey(keys, isObject(parent) ? parent : {})} reset, but neither in the recipe's default configuration nor ever merged`,
    ];
  });
}

/**
 * Where a release's configuration doesn't fit its recipe. These are warnings: a recipe's defaults are no schema, and Greengrass takes
 * any configuration. What the target's revisions have merged counts as known.
 */
export function configurationWarnings(
  release: Release,
  revisions: readonly DeploymentDocument[],
  { recipes }: Catalogue,
): string[] {
  return Object.entries(release.components).flatMap(([name, change]) => {
    const recipe = change === 'remove' ? null : recipes[recipeKey(name, change.version)];
    if (change === 'remove' || !recipe) return [];
    const known = deepMerge(recipe.defaults, foldOf(name, revisions));
    return [
      ...mergeProblems(change.merge ?? {}, known, []),
      ...resetProblems(change.reset ?? [], known),
    ].map((problem) => `release.components.${name}: ${problem}`);
  });
}
