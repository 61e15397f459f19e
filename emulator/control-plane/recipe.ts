import * as z from 'zod';
import { invalidField } from '../errors.js';
import {
  cased,
  componentName,
  componentVersion,
  mapping,
  oneOf,
  optionalText,
  platformValue,
  versionRange,
} from './recipe-fields.js';
import { isTooDeep, readRecipe } from './recipe-text.js';

const Permission = oneOf(['NONE', 'OWNER', 'ALL']).nullish();

const Artifact = cased({
  URI: z.string({ error: 'has to be a URI' }).min(1, { error: 'has to be a URI' }),
  Unarchive: oneOf(['NONE', 'ZIP']).nullish(),
  Permission: cased({ Read: Permission, Execute: Permission }).nullish(),
});

const step = () =>
  z
    .union([z.string(), mapping()], { error: 'has to be a script, or a mapping with one' })
    .nullish();

const Manifest = cased({
  Name: optionalText(),
  Platform: z.record(z.string(), platformValue(), { error: 'has to be a mapping' }).nullish(),
  Lifecycle: cased({
    Setenv: step(),
    Bootstrap: step(),
    Install: step(),
    Startup: step(),
    Run: step(),
    Shutdown: step(),
    Recover: step(),
    Uninstall: step(),
  }).nullish(),
  Selections: z.array(z.string(), { error: 'has to be a list of selection keys' }).nullish(),
  Artifacts: z.array(Artifact, { error: 'has to be a list' }).nullish(),
});

const Dependency = cased({
  VersionRequirement: versionRange(),
  DependencyType: oneOf(['HARD', 'SOFT'])
    .nullish()
    .transform((type) => type ?? 'HARD'),
});

// Documented: developer guide, "Component recipe reference": what a recipe has to have, and of what type.
const Recipe = cased({
  RecipeFormatVersion: z.literal('2020-01-25', { error: 'has to be 2020-01-25' }),
  ComponentName: componentName(),
  ComponentVersion: componentVersion(),
  ComponentPublisher: optionalText(),
  ComponentDescription: optionalText(),
  ComponentType: oneOf([
    'AWS.GREENGRASS.GENERIC',
    'AWS.GREENGRASS.LAMBDA',
    'AWS.GREENGRASS.PLUGIN',
    'AWS.GREENGRASS.NUCLEUS',
  ]).nullish(),
  ComponentSource: z
    .string({ error: 'has to be text' })
    .regex(/^arn:[^:]*:lambda:/, { error: 'has to be the ARN of a Lambda function' })
    .nullish(),
  ComponentConfiguration: cased({ DefaultConfiguration: mapping().nullish() }).nullish(),
  ComponentDependencies: z
    .record(componentName(), Dependency, { error: 'has to be a mapping' })
    .nullish(),
  Manifests: z.array(Manifest, { error: 'has to be a list' }).nullish(),
  Lifecycle: mapping().nullish(),
});
/** A recipe with its keys spelt as the reference spells them. */
export type Recipe = z.infer<typeof Recipe>;

const pathOf = (path: readonly PropertyKey[]) => path.map(String).join('.');

/** Which member of the request a recipe is from. */
export type RecipeSource = 'inlineRecipe' | 'lambdaFunction';

/**
 * Documented: AWS General Reference, "AWS IoT Greengrass V2 endpoints and quotas": a recipe has at most 16 KB.
 * Assumed: a longer one is a ValidationException.
 */
const LONGEST = 16 * 1024;

/** Refuses a recipe that is too long to be published; with its digests it may be longer. */
export function checkRecipeLength(bytes: Uint8Array, source: RecipeSource): void {
  if (bytes.byteLength > LONGEST)
    throw invalidField(source, `Invalid Input: the recipe has more than ${LONGEST} bytes`);
}

/** Reads a recipe, JSON or YAML; throws the service's ValidationException. */
export function parseRecipe(bytes: Uint8Array, source: RecipeSource): Recipe {
  const wrong = (what: string) => invalidField(source, `Invalid Input: the recipe ${what}`);
  const read = readRecipe(bytes);
  if ('problem' in read) throw wrong(`can't be read: ${read.problem}`);
  if (isTooDeep(read.content)) throw wrong('is nested too deeply');
  const parsed = Recipe.safeParse(read.content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${pathOf(path)} ${message}` : message,
  );
  throw wrong(`is not valid: ${problems.join('; ')}`);
}
