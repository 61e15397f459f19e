import * as z from 'zod';
import { ANSWERS, Cause, Remedy } from './causes.js';
import type { ScannedTarget, Selection } from './selection.js';
import { SystemicFault, faultKey, faultWord } from './systemic.js';

/** What a run came to for one device. */
export const DeviceOutcome = z.enum([
  'Recovered',
  'Freed',
  'Pending',
  'BackingOff',
  'Quarantined',
  'Escalated',
  'Closed',
  'Well',
  'Busy',
  'Planned',
  'Error',
]);

/** One device in a run's report. */
export const DeviceResult = z.strictObject({
  thing: z.string(),
  cause: Cause.optional(),
  remedy: Remedy.optional(),
  outcome: DeviceOutcome,
  why: z.string(),
});
export type DeviceResult = z.infer<typeof DeviceResult>;

const count = z.number().int().nonnegative();

/** What a scan found. */
export const ScanReport = z.strictObject({
  /** Targets and devices that were looked at. */
  targets: count,
  devices: count,
  sick: count,
  /** Sick devices that this run doesn't work on, by why. */
  left: z.strictObject({
    held: count,
    away: count,
    backingOff: count,
    escalated: count,
    quarantined: count,
    systemic: count,
    overBudget: count,
  }),
  systemic: z.array(SystemicFault),
});
export type ScanReport = z.infer<typeof ScanReport>;

/** What a scan found, as a report has it. */
export const scanReport = (
  targets: readonly ScannedTarget[],
  { sick, left }: Selection,
  systemic: readonly SystemicFault[],
): ScanReport => ({
  targets: targets.length,
  devices: targets.reduce((sum, { size }) => sum + size, 0),
  sick,
  left,
  systemic: [...systemic],
});

/** What is kept of a run. */
export const RunReport = z.strictObject({
  runId: z.string(),
  startedBy: z.string(),
  /** Only devices of this one, where it was started so. */
  target: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string(),
  scan: ScanReport,
  devices: z.array(DeviceResult),
});
export type RunReport = z.infer<typeof RunReport>;

const NEEDS_A_PERSON = new Set<DeviceResult['outcome']>(['Escalated', 'Quarantined']);

/** Devices that a run has handed to a person. */
export const givenUp = ({ devices }: Pick<RunReport, 'devices'>) =>
  devices.filter(
    ({ outcome, cause }) => NEEDS_A_PERSON.has(outcome) && cause !== 'StaleDeployment',
  );

/** What is left to a person, where the reason doesn't say it already. */
function whatToDo(cause: DeviceResult['cause'], why: string): string[] {
  const word = cause === undefined ? '' : ANSWERS[cause].person;
  return word === '' || why.includes(word) ? [] : [word];
}

/** The message to people about a run, or undefined where it has nothing new for them. `told`: faults that they know of. */
export function messageOf(report: RunReport, told: readonly string[]) {
  const devices = givenUp(report);
  const faults = report.scan.systemic.filter((fault) => !told.includes(faultKey(fault)));
  if (devices.length === 0 && faults.length === 0) return undefined;
  const lines = [
    ...faults.map(faultWord),
    ...devices.map(({ thing, cause, outcome, why }) =>
      [`${thing}: ${outcome}, ${cause}: ${why}`, ...whatToDo(cause, why)].join('; '),
    ),
  ];
  const [fault] = faults;
  const subject = fault
    ? `Greenwave: ${fault.component} ${fault.version} makes devices sick`
    : `Greenwave: ${devices.length} core ${devices.length === 1 ? 'device needs' : 'devices need'} a person`;
  return {
    subject: subject.slice(0, 100),
    message: [
      ...lines,
      '',
      'greenwave explain THING tells what was tried. Once a device is seen to: greenwave remediate --target thing/THING',
      `Run ${report.runId}, ${report.endedAt}`,
    ].join('\n'),
  };
}
