import type { DeviceRecord } from './device-record.js';
import type { DeviceResult } from './report.js';

/** An event for other systems: `Greenwave` is its source's name. */
export interface DeviceEvent {
  readonly detailType: 'Greenwave Device Remediated' | 'Greenwave Device Escalated';
  readonly detail: Readonly<Record<string, unknown>>;
}

const TYPES: Partial<Record<DeviceResult['outcome'], DeviceEvent['detailType']>> = {
  Recovered: 'Greenwave Device Remediated',
  Freed: 'Greenwave Device Remediated',
  Escalated: 'Greenwave Device Escalated',
  Quarantined: 'Greenwave Device Escalated',
};

/** The event about what a run came to for a device; undefined where that is nobody else's business. */
export function eventOf(
  runId: string,
  result: DeviceResult,
  { attempts, evidence }: Pick<DeviceRecord, 'attempts' | 'evidence'>,
): DeviceEvent | undefined {
  const detailType = TYPES[result.outcome];
  if (detailType === undefined || result.cause === 'StaleDeployment') return undefined;
  const id = `${runId}/${result.thing}/${result.outcome}`;
  return { detailType, detail: { id, ...result, attempts, evidence } };
}
