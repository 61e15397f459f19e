import type { RecipeFacts } from './recipe.js';

/** What has been read of the cloud's components so far; what is undefined hasn't been asked for. */
export interface Catalogue {
  /** The versions of each component, greatest first; none where there is no such component. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  /** By `name@version`; null where there is no such version. */
  readonly recipes: Readonly<Record<string, RecipeFacts | null>>;
}

/** What a resolution lacks: the versions of a component, or the recipe of one of them. */
export interface Lacking {
  readonly component: string;
  /** Undefined: which versions there are. */
  readonly version?: string | undefined;
}

export const recipeKey = (component: string, version: string): string => `${component}@${version}`;

export const emptyCatalogue: Catalogue = { versions: {}, recipes: {} };
