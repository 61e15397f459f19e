import * as z from 'zod';

/** Whose judge it is: ours as it ships, a variant of ours, or somebody else's. */
export const Origin = z.enum(['ours', 'variant', 'other']);
export type Origin = z.infer<typeof Origin>;

/** The probability of a wrong abort that every judge is asked to keep to. */
export const ALPHA = 0.05;
