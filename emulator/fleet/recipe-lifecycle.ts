import type { ComponentVersion } from '../cloud.js';
import { parseRecipe, type Recipe } from '../control-plane/recipe.js';
import { runsOn, type Platform } from './platform.js';

const parsed = new WeakMap<ComponentVersion, Recipe>();

function recipeOf(source: ComponentVersion): Recipe {
  const recipe = parsed.get(source) ?? parseRecipe(source.recipe, 'inlineRecipe');
  parsed.set(source, recipe);
  return recipe;
}

type Lifecycle = Readonly<Record<string, unknown>>;

const isLifecycle = (value: unknown): value is Lifecycle =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Documented: developer guide, "Component recipe reference": of the global lifecycle, the parts without a selection key, and
 * those with one that the manifest selects.
 */
const selected = (lifecycle: Lifecycle, selections: readonly string[]): string[] => [
  ...Object.keys(lifecycle),
  ...selections.flatMap((key) => {
    const section = lifecycle[key];
    return isLifecycle(section) ? Object.keys(section) : [];
  }),
];

/**
 * The state that a component settles in.
 * Documented: developer guide, "Component recipe reference": Run and Startup keep a component running; one that only
 * installs is FINISHED. The global lifecycle counts where the manifest has none.
 */
export function settledState(source: ComponentVersion, platform: Platform): 'RUNNING' | 'FINISHED' {
  const { Lifecycle: global, Manifests: manifests } = recipeOf(source);
  const manifest = manifests?.find(({ Platform: claimed }) =>
    runsOn({ platforms: [{ attributes: claimed ?? {} }] }, platform),
  );
  const own = Object.keys(manifest?.Lifecycle ?? {});
  const steps = own.length > 0 ? own : selected(global ?? {}, manifest?.Selections ?? ['all']);
  const keys = steps.map((step) => step.toLowerCase());
  return keys.includes('run') || keys.includes('startup') ? 'RUNNING' : 'FINISHED';
}
