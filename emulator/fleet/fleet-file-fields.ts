import semver from 'semver';
import * as z from 'zod';
import { isErrorCode } from './error-codes.js';

/* Each field's `error` says what would be right there; `describeIssue` puts file, field and value before it. */

/** Text of one form. */
export const text = (form: RegExp, right: string) =>
  z.string({ error: right }).regex(form, { error: right });

/** A file's path. */
export const path = () => text(/./, 'a path relative to the fleet file');

/** A recipe: the path of its file, or what is in it. */
export const recipe = () =>
  z.union([path(), z.record(z.string(), z.unknown())], {
    error: 'a path relative to the fleet file, or a recipe written out',
  });

/** The name of a thing as IoT takes it. */
export const thingName = () => text(/^[a-zA-Z0-9:_-]{1,128}$/, 'the name of a thing');

/** One exact version. */
export const semanticVersion = () =>
  z
    .string({ error: 'a version such as 2.15.0' })
    .refine((version) => semver.valid(version) !== null, { error: 'a version such as 2.15.0' });

/** A code that the nucleus has for errors. */
export const errorCode = () => {
  const right = 'a code of the nucleus such as DISK_SPACE_CRITICAL';
  return z.string({ error: right }).refine(isErrorCode, { error: right });
};

/** A share of something. */
export const share = () => {
  const right = 'a share from 0 to 1';
  return z.number({ error: right }).min(0, { error: right }).max(1, { error: right });
};

/** A whole number between two bounds. */
export const amount = (what: string, least: number, most = 2 ** 31) => {
  const right = `${what}, whole and from ${least} to ${most}`;
  return z.int({ error: right }).min(least, { error: right }).max(most, { error: right });
};

/** Yes or no. */
export const flag = () => z.boolean({ error: 'true or false' });

/** One of a closed list. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

/** A list. */
export const listOf = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item, { error: `a list of ${what}` });

/** A mapping whose keys are the writer's own. */
export const keyed = <K extends z.ZodType<string, string>, V extends z.ZodType>(
  key: K,
  value: V,
  what: string,
) => z.record(key, value, { error: what });

/** A mapping with these keys and no others. */
export const fields = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `known here: ${Object.keys(shape).join(', ')}`
        : `a mapping with ${Object.keys(shape).join(', ')}`,
  });

/** Values with their weights; they need not add up to 1. */
export const weights = <K extends z.ZodType<string, string>>(key: K, what: string) => {
  const right = 'a weight of 0 or more';
  return keyed(key, z.number({ error: right }).min(0, { error: right }), what).refine(
    (all) => Object.values(all).some((weight) => weight > 0),
    { error: `${what}, at least one above 0` },
  );
};

/** A number of seconds. */
export const duration = () => {
  const right = 'a number of seconds above 0';
  return z.number({ error: right }).positive({ error: right });
};

/** A log-normal duration. */
export const spread = () =>
  fields({ median: duration(), p99: duration() }).refine(({ median, p99 }) => p99 >= median, {
    error: 'a p99 that is not below the median',
  });

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A time since the start, as seconds or with its unit; the output is in seconds. */
export const time = () => {
  const right = 'a time since the start such as 90s, 30m, 2h or 7d';
  const seconds = z.number({ error: right }).min(0, { error: right });
  const duration = z
    .string({ error: right })
    .regex(/^\d+(\.\d+)?[smhd]$/, { error: right })
    .transform((written) => {
      const unit = z.enum(['s', 'm', 'h', 'd']).parse(written.at(-1));
      return Number(written.slice(0, -1)) * SECONDS[unit];
    });
  return z.union([seconds, duration], { error: right });
};
