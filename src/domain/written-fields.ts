import * as z from 'zod';
import { parseDuration } from './duration.js';
import { isJsonPointer } from './json-pointer.js';

// What the files that people write are checked with. Every message says what would be right.

/** An object with these fields and no other. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `the fields here are ${Object.keys(shape).join(', ')}`
        : `an object with the fields ${Object.keys(shape).join(', ')}`,
  });

/** A text of this form. */
export const text = (right: string, pattern: RegExp) =>
  z.string({ error: right }).regex(pattern, { error: right });

/** A whole number, this or more. */
export const whole = (right: string, least: number) =>
  z.int({ error: right }).min(least, { error: right });

/** A number for which this holds. */
export const number = (right: string, isRight: (value: number) => boolean) =>
  z.number({ error: right }).refine(isRight, { error: right });

/** A duration such as 30m, as seconds. */
export const duration = (right: string, isRight: (seconds: number) => boolean) =>
  z.string({ error: right }).transform((written, context) => {
    const seconds = parseDuration(written);
    if (seconds !== undefined && isRight(seconds)) return seconds;
    context.addIssue({ code: 'custom', message: right, input: written });
    return z.NEVER;
  });

// The API model: at most 256 characters a pointer.
const pointerRight =
  'a JSON pointer of at most 256 characters: empty for all, else like /a/b, with ~ only as ~0 and ~1';
/** A JSON pointer. */
export const Pointer = z
  .string({ error: pointerRight })
  .max(256, { error: pointerRight })
  .refine(isJsonPointer, { error: pointerRight });

/** A component name. */
export const ComponentName = text(
  'a component name of 1 to 128 letters, digits, dots, dashes or underscores',
  /^[a-zA-Z0-9._-]{1,128}$/,
);

/** One exact version of a component. */
export const ComponentVersion = text(
  'one exact version in quotes, such as "1.1.0"',
  /^(?=.{1,64}$)\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/,
);

/** What of a component's configuration a release merges. */
export const Merge = z.record(z.string(), z.json({ error: 'a JSON value' }), {
  error: 'an object of configuration, such as { sampleSeconds: 30 }',
});

/** What of it a release resets. */
export const Reset = z.array(Pointer, { error: 'a list of JSON pointers, such as [/legacy]' });

/** A thing group or one thing. */
export const Target = text(
  'a thing group or one thing, as thinggroup/NAME, thing/NAME or its ARN',
  /^(arn:aws[a-z-]*:iot:[a-z0-9-]+:\d{12}:)?thing(group)?\/[a-zA-Z0-9:_-]{1,128}$/,
);
