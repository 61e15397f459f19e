import semver from 'semver';
import * as z from 'zod';
import { isExpression, platformExpression } from '../platform-claims.js';
import { isVersionRange } from './candidates.js';

// Documented: nucleus source, RECIPE_REFERENCE.md: names of properties and of values are case-insensitive.
// Observed: gdk-cli issue 142: so are they in the cloud. What the emulator doesn't read passes unseen.

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A mapping with these keys, in any case; other keys stay as they are. */
export const cased = <T extends z.ZodRawShape>(shape: T) => {
  const known = new Map(Object.keys(shape).map((key) => [key.toLowerCase(), key]));
  const renamed = (value: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(value).map(([key, each]) => [known.get(key.toLowerCase()) ?? key, each]),
    );
  return z.preprocess(
    (value) => (isRecord(value) ? renamed(value) : value),
    z.looseObject(shape, { error: 'has to be a mapping' }),
  );
};

const text = () => z.string({ error: 'has to be text' });

export const optionalText = () => text().nullish();

/** One of a closed list, in any case. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  text()
    .transform((value) => value.toUpperCase())
    .pipe(z.enum(values, { error: `has to be one of ${values.join(', ')}` }));

/** A mapping whose keys are the writer's own. */
export const mapping = () => z.record(z.string(), z.unknown(), { error: 'has to be a mapping' });

/** Documented: gdk-cli source, its schema of recipes: the length and the characters of a component's name. */
export const componentName = () =>
  text()
    .max(128, { error: 'has to have at most 128 characters' })
    .regex(/^[a-zA-Z0-9-_.]+$/, {
      error: 'has to be letters, digits, dots, dashes or underscores',
    });

export const componentVersion = () =>
  text()
    .max(64, { error: 'has to have at most 64 characters' })
    .refine((version) => semver.valid(version) === version, {
      error: 'has to be a semantic version such as 1.0.0',
    });

/** Documented: developer guide, "Component recipe reference": VersionRequirement is a range of versions of npm. */
export const versionRange = () =>
  text().refine(isVersionRange, {
    error: 'has to be a version or a range of versions such as ^1.0.0',
  });

const isReadable = (value: string) => {
  try {
    return isExpression(value) && platformExpression(value) !== undefined;
  } catch {
    return false;
  }
};

/**
 * Documented: gdk-cli source, its schema of recipes: a value of a platform is `*`, starts with a letter or a digit, or is a
 * regular expression between slashes. One that looks around or back is refused, as no emulated device could match it.
 */
export const platformValue = () =>
  text().refine((value) => value === '*' || /^[A-Za-z0-9]/.test(value) || isReadable(value), {
    error: 'has to be *, a name, or a regular expression between slashes that RE2 can read',
  });
