import * as z from 'zod';
import { JsonObject } from '../json-pointer.js';

/** What a component version claims and asks for, as far as a plan looks at it. */
export interface RecipeFacts {
  readonly name: string;
  readonly version: string;
  /** What the service says of the version. */
  readonly state: string;
  readonly isNucleus: boolean;
  /** The attributes of each manifest's platform; without manifests it runs anywhere. */
  readonly manifests: readonly Readonly<Record<string, string>>[];
  /** npm ranges by component name. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly defaults: JsonObject;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping whose keys are in any case, as the service takes them. */
const cased = <T extends z.ZodRawShape>(shape: T) => {
  const spelt = new Map(Object.keys(shape).map((key) => [key.toLowerCase(), key]));
  return z.preprocess(
    (value) =>
      isRecord(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [
              spelt.get(key.toLowerCase()) ?? key,
              inner,
            ]),
          )
        : value,
    z.looseObject(shape),
  );
};

const Recipe = cased({
  ComponentName: z.string(),
  ComponentVersion: z.string(),
  ComponentType: z.string().nullish(),
  ComponentConfiguration: cased({ DefaultConfiguration: JsonObject.nullish() }).nullish(),
  ComponentDependencies: z.record(z.string(), cased({ VersionRequirement: z.string() })).nullish(),
  Manifests: z.array(cased({ Platform: z.record(z.string(), z.string()).nullish() })).nullish(),
});

/** Reads a recipe as GetComponent gives it. Its state comes from elsewhere, since a recipe doesn't know it. */
export function recipeFacts(json: unknown, state: string): RecipeFacts {
  const recipe = Recipe.parse(json);
  return {
    name: recipe.ComponentName,
    version: recipe.ComponentVersion,
    state,
    isNucleus: recipe.ComponentType?.toLowerCase() === 'aws.greengrass.nucleus',
    manifests: (recipe.Manifests ?? []).map(({ Platform }) => Platform ?? {}),
    dependencies: Object.fromEntries(
      Object.entries(recipe.ComponentDependencies ?? {}).map(([name, { VersionRequirement }]) => [
        name,
        VersionRequirement,
      ]),
    ),
    defaults: recipe.ComponentConfiguration?.DefaultConfiguration ?? {},
  };
}
