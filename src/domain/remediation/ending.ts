import * as z from 'zod';
import type { DeviceRecord } from './device-record.js';
import { Diagnosis } from './diagnosis.js';
import type { DeviceResult } from './report.js';

/**
 * How a run ends with one device. Escalate: there is no remedy. GiveUp: it has had all its attempts. Closed: it is well again
 * without one.
 */
export const Ending = z.strictObject({
  verdict: z.enum(['Recovered', 'Failed', 'Hung', 'Escalate', 'GiveUp', 'Closed']),
  why: z.string(),
  diagnosis: Diagnosis,
});
export type Ending = z.infer<typeof Ending>;

/** The outcome in the words of a report. */
export function recordedResult(
  { thing, state, cause, owed, remedy }: DeviceRecord,
  { verdict, why }: Ending,
): DeviceResult {
  const isFreed = state === 'BackingOff' && owed !== undefined && verdict === 'Recovered';
  const outcome = isFreed ? 'Freed' : verdict === 'Closed' ? 'Closed' : state;
  return {
    thing,
    cause,
    ...(remedy !== undefined && { remedy }),
    outcome: outcome === 'Repairing' ? 'Pending' : outcome,
    why,
  };
}

/** What is known of a device's sickness without looking at it again. */
export const diagnosisOf = ({
  cause,
  evidence,
  keys,
  deploymentId,
  targetArn,
}: DeviceRecord): Diagnosis => ({
  cause,
  evidence,
  keys,
  ...(deploymentId !== undefined && { deploymentId }),
  ...(targetArn !== undefined && { targetArn }),
});
