import * as z from 'zod';

/**
 * Whose judge it is: ours as it ships, where a signal has its share of the risk; ours with the whole risk on the one signal that a
 * table shows, as others have it; another variant of ours; or somebody else's.
 */
export const Origin = z.enum(['ours', 'whole', 'variant', 'other']);
export type Origin = z.infer<typeof Origin>;

/** The probability of a wrong abort that every judge is asked to keep to. */
export const ALPHA = 0.05;
