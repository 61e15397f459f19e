import { allDevices } from './judge/stream.js';
import type { Signal } from './judge/signals.js';
import type { SignalEvidence } from './signal-evidence.js';

// Rounded down, so that evidence under a threshold never reads as if it had reached it.
export const evidenceNumber = (evidence: number): string =>
  evidence < 1000 ? String(Math.floor(evidence * 10) / 10) : evidence.toExponential(1);

export const thresholdNumber = (threshold: number): string => String(Number(threshold.toFixed(2)));

/** What a device has done that a signal counts. */
export const signalVerbs: Readonly<Record<Signal, string>> = {
  deployment: 'failed',
  health: 'UNHEALTHY',
  component: 'BROKEN',
};

const nameOf = (signal: Signal) => (signal === 'deployment' ? '' : ` of ${signal}`);

/** The comparison with the threshold: `evidence 23.1 >= 40`, `evidence of health 1 < 80`. */
export const evidenceText = ({ evidence, threshold, aborts, signal }: SignalEvidence): string =>
  `evidence${nameOf(signal)} ${evidenceNumber(evidence)} ${aborts ? '>=' : '<'} ${thresholdNumber(threshold)}`;

/** What the evidence is made of: `failed 3 of the first 14 started, 3 of 4 on linux/amd64`. */
export function evidenceOrigin({ at, by, signal, beside }: SignalEvidence): string {
  const where =
    by && by.stream !== allDevices ? `, ${by.failed} of ${by.devices} on ${by.stream}` : '';
  const own = `${signalVerbs[signal]} ${at.failed} of the first ${at.exposed} started${where}`;
  return beside
    ? `${own}, and ${beside.controlsFailed} of ${beside.controls} without the release`
    : own;
}
