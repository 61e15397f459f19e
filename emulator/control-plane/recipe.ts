import semver from 'semver';
import { parse as parseYaml, stringify as toYaml } from 'yaml';
import * as z from 'zod';
import { invalidInput } from '../errors.js';

const Manifest = z.looseObject({
  Name: z.string().optional(),
  Platform: z.record(z.string(), z.unknown()).nullish(),
  Artifacts: z.array(z.looseObject({ URI: z.string() })).nullish(),
});

// Documented: the recipe reference, format 2020-01-25. Keys that only the device reads pass unseen.
const Recipe = z.looseObject({
  RecipeFormatVersion: z.literal('2020-01-25'),
  ComponentName: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9-_.]+$/),
  ComponentVersion: z
    .string()
    .max(64)
    .refine((version) => semver.valid(version) === version, 'is no semantic version'),
  ComponentPublisher: z.string().nullish(),
  ComponentDescription: z.string().nullish(),
  ComponentType: z.string().nullish(),
  ComponentConfiguration: z
    .looseObject({ DefaultConfiguration: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
  ComponentDependencies: z
    .record(
      z.string(),
      z.looseObject({
        VersionRequirement: z
          .string()
          .refine((range) => semver.validRange(range) !== null, 'is no version range')
          .default('*'),
        DependencyType: z
          .string()
          .transform((type) => type.toUpperCase())
          .pipe(z.enum(['HARD', 'SOFT']))
          .default('HARD'),
      }),
    )
    .nullish(),
  Manifests: z.array(Manifest).nullish(),
});
export type Recipe = z.infer<typeof Recipe>;

/** Documented: a recipe is at most 16 KB. Assumed: a longer one is a ValidationException. */
const LONGEST = 16 * 1024;

function read(text: string, isJson: boolean): unknown {
  try {
    return isJson ? JSON.parse(text) : parseYaml(text);
  } catch (cause) {
    throw invalidInput(`Invalid Input: the recipe can't be read: ${String(cause)}`);
  }
}

/** Reads a recipe, JSON or YAML; throws the service's ValidationException. */
export function parseRecipe(bytes: Uint8Array): { recipe: Recipe; format: 'JSON' | 'YAML' } {
  if (bytes.byteLength > LONGEST)
    throw invalidInput(`Invalid Input: the recipe is longer than ${LONGEST} bytes`);
  const text = new TextDecoder().decode(bytes);
  const isJson = text.trimStart().startsWith('{');
  const parsed = Recipe.safeParse(read(text, isJson));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw invalidInput(`Invalid Input: the recipe is not valid: ${problems.join('; ')}`);
  }
  return { recipe: parsed.data, format: isJson ? 'JSON' : 'YAML' };
}

/** A recipe's bytes in one of the two formats. */
export function convertRecipe(
  bytes: Uint8Array,
  from: 'JSON' | 'YAML',
  to: 'JSON' | 'YAML',
): Uint8Array {
  if (from === to) return bytes;
  const content = read(new TextDecoder().decode(bytes), from === 'JSON');
  return new TextEncoder().encode(
    to === 'JSON' ? JSON.stringify(content, null, 2) : toYaml(content),
  );
}
