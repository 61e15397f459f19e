import * as z from 'zod';
import { Origin } from './origin.js';

/** What a judge did in one column of a table. */
export const Cell = z.strictObject({
  /** Simulated runs; absent where the numbers are exact. */
  runs: z.number().optional(),
  /** Share that was aborted. */
  aborted: z.number(),
  /** Share that ended in the release's favour. */
  accepted: z.number().optional(),
  /** Mean number of devices that got the release and fail, by the abort or the end; and its standard error. */
  failed: z.number().optional(),
  failedError: z.number().optional(),
  /** Mean number of devices by then. */
  devices: z.number().optional(),
  /** By how many devices half of the aborts had come. */
  medianDevices: z.number().optional(),
});
export type Cell = z.infer<typeof Cell>;

export const TableName = z.enum([
  'one wave',
  'restarts',
  'by limit',
  'promotion',
  'late change',
  'signals',
  'rollouts',
  'controls',
  'sites',
  'platforms',
]);
export type TableName = z.infer<typeof TableName>;

/** One judge in one table. */
export const Row = z.strictObject({
  table: TableName,
  judge: z.string(),
  origin: Origin,
  /** What else tells the row apart. */
  setting: z.string().optional(),
  cells: z.record(z.string(), Cell),
});
export type Row = z.infer<typeof Row>;

/** Something that the bench wants of our judge. */
export const Claim = z.strictObject({
  kind: z.enum(['false aborts', 'devices broken']),
  claim: z.string(),
  found: z.string(),
  isMet: z.boolean(),
});
export type Claim = z.infer<typeof Claim>;

export const Results = z.strictObject({
  seed: z.number(),
  runs: z.number(),
  rows: z.array(Row),
  claims: z.array(Claim),
});
export type Results = z.infer<typeof Results>;

/** To so many digits behind the point, as results are kept. */
export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
