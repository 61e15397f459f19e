import type { EffectiveDeployment } from '../thing-execution.js';
import type { Repair } from './device-record.js';

/** Whether a repair has helped, by what the device has reported since. Hung: it is connected and takes nothing. */
export interface Verdict {
  readonly verdict: 'Recovered' | 'Failed' | 'Hung' | 'Pending';
  readonly why: string;
}

/** What a device that has taken its remedy reports. */
export interface ReportSince {
  readonly status: 'HEALTHY' | 'UNHEALTHY' | undefined;
  readonly reportedAt: number;
  /** Its broken components, in words. */
  readonly broken: string;
  /** Versions of the remedy's document that it doesn't report. */
  readonly missing: readonly string[];
}

/** What a device has said since its repair began. */
export interface SeenRepair {
  /** Of the remedy's deployment; undefined while it has said nothing of it. */
  readonly answer: EffectiveDeployment | undefined;
  /** Once it has taken that. */
  readonly report: ReportSince | undefined;
  readonly isPastDeadline: boolean;
  readonly isConnected: boolean;
}

const ENDED_BADLY = new Set(['FAILED', 'REJECTED', 'TIMED_OUT', 'CANCELED']);

/** Whether a device has carried a deployment out: of a group it is SUCCEEDED then, of one thing COMPLETED. */
export const isTaken = (answer: EffectiveDeployment | undefined): boolean =>
  answer?.status === 'SUCCEEDED' || answer?.status === 'COMPLETED';

function afterTaking(
  { remedy, begunAt }: Repair,
  { status, reportedAt, broken, missing }: ReportSince,
): Verdict | undefined {
  if (reportedAt < begunAt) return undefined;
  if (status === 'UNHEALTHY')
    return { verdict: 'Failed', why: `it has taken the deployment; ${broken || 'UNHEALTHY'}` };
  if (missing.length > 0) return undefined;
  return { verdict: 'Recovered', why: `${remedy}: the deployment is taken, and it is HEALTHY` };
}

function atDeadline({ remedy }: Repair, { answer, report, isConnected }: SeenRepair): Verdict {
  if (report)
    return {
      verdict: 'Failed',
      why: `it does not report ${report.missing.join(', ') || 'anything since'}`,
    };
  if (answer?.status === 'IN_PROGRESS')
    return { verdict: 'Failed', why: `${remedy} is still IN_PROGRESS there at its deadline` };
  return isConnected
    ? { verdict: 'Hung', why: 'it is connected, and has not begun what waits for it' }
    : { verdict: 'Failed', why: 'it has not begun it by the deadline, and is not connected' };
}

/** That a call succeeded proves nothing: the device has to have taken the deployment and to report HEALTHY after it. */
export function verdictOf(repair: Repair, seen: SeenRepair): Verdict {
  const { answer, report, isPastDeadline } = seen;
  if (answer && ENDED_BADLY.has(answer.status)) {
    const why = [`${repair.remedy} is ${answer.status} there`, answer.reason];
    return { verdict: 'Failed', why: why.filter(Boolean).join(': ') };
  }
  const settled = report && afterTaking(repair, report);
  if (settled) return settled;
  return isPastDeadline
    ? atDeadline(repair, seen)
    : { verdict: 'Pending', why: 'it has not reported yet' };
}
