import * as z from 'zod';
import { checkGiven } from './check-given.js';
import { amount, fields, flag, text } from './fleet/fleet-file-fields.js';

const right = "1, another number above 0, or 'max'";

const Options = fields({
  fleet: z.union([z.string(), z.looseObject({})], {
    error: 'the path of a fleet file, or its content',
  }),
  port: amount('a port', 0, 65_535).optional(),
  timeScale: z
    .union([z.literal('max'), z.number().positive({ error: right })], { error: right })
    .optional(),
  quotas: flag().optional(),
  dataDir: text(/./, 'the path of a directory').optional(),
  onEvent: z
    .custom((value) => typeof value === 'function', { error: 'a function that takes an event' })
    .optional(),
});

/** Throws a TypeError that says which option of `startEmulator` is wrong, and what would be right. */
export const checkOptions = (options: unknown): void =>
  checkGiven('startEmulator', Options, options);
