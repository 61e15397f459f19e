import * as z from 'zod';
import type asl from '../../statemachines/remediation.asl.json';
import { Remedy } from '../domain/remediation/causes.js';
import { Diagnosis } from '../domain/remediation/diagnosis.js';
import { Ending } from '../domain/remediation/ending.js';
import { DeviceResult, ScanReport } from '../domain/remediation/report.js';
import { MOST_DEVICES, Settings, WrittenSettings } from '../domain/remediation/settings.js';
import { EnteredAt, Nothing, type TaskContract } from './workflow.js';

const run = { runId: z.string().min(1), at: EnteredAt };
const device = { ...run, thing: z.string().min(1), settings: Settings };
/** `thinggroup/NAME` or `thing/NAME`, or empty. */
const target = z.string().regex(/^($|thinggroup\/|thing\/|arn:)/);

export const StartRunInput = z.strictObject({
  ...run,
  executionArn: z.string(),
  settings: WrittenSettings,
  /** What this run is to have instead. */
  overrides: WrittenSettings.partial(),
  target,
  isDryRun: z.boolean(),
});
export type StartRunInput = z.infer<typeof StartRunInput>;
export const StartRunOutput = z.strictObject({
  /** Nothing: no device is sick, but for those that are with a person already. */
  outcome: z.enum(['Started', 'AlreadyRunning', 'Nothing']),
  reason: z.string(),
  settings: Settings,
});
export type StartRunOutput = z.infer<typeof StartRunOutput>;

export const ScanFleetInput = z.strictObject({
  ...run,
  settings: Settings,
  target,
  isDryRun: z.boolean(),
});
export type ScanFleetInput = z.infer<typeof ScanFleetInput>;
export const ScanFleetOutput = z.strictObject({
  things: z.array(z.string()).max(MOST_DEVICES),
  scan: ScanReport,
});
export type ScanFleetOutput = z.infer<typeof ScanFleetOutput>;

export const DiagnoseDeviceInput = z.strictObject({ ...device, target });
export type DiagnoseDeviceInput = z.infer<typeof DiagnoseDeviceInput>;
export const DiagnoseDeviceOutput = z.strictObject({
  /** none: it is well, or at work. */
  action: z.enum(['repair', 'escalate', 'giveUp', 'close', 'none']),
  result: DeviceResult,
  diagnosis: Diagnosis.optional(),
  remedy: Remedy.optional(),
});
export type DiagnoseDeviceOutput = z.infer<typeof DiagnoseDeviceOutput>;

export const RepairDeviceInput = z.strictObject({
  ...device,
  target,
  diagnosis: Diagnosis,
  remedy: Remedy,
});
export type RepairDeviceInput = z.infer<typeof RepairDeviceInput>;

export const VerifyDeviceInput = z.strictObject({
  thing: device.thing,
  at: EnteredAt,
  settings: Settings,
});
export type VerifyDeviceInput = z.infer<typeof VerifyDeviceInput>;
export const VerifyDeviceOutput = z.strictObject({
  verdict: z.enum(['Recovered', 'Failed', 'Hung', 'Pending']),
  why: z.string(),
});

export const RecordDeviceInput = z.strictObject({ ...device, ...Ending.shape });
export type RecordDeviceInput = z.infer<typeof RecordDeviceInput>;

export const ReportRunInput = z.strictObject({
  ...run,
  startedBy: z.string(),
  startedAt: EnteredAt,
  target,
  scan: ScanReport,
  devices: z.array(DeviceResult),
});
export type ReportRunInput = z.infer<typeof ReportRunInput>;

export const EndRunInput = z.strictObject({ runId: run.runId });
export type EndRunInput = z.infer<typeof EndRunInput>;

const throws = ['ThrottledError', 'InvalidPayloadError'] as const;

/** The payloads of the `remediation` machine, by state; the four about one device run inside its Map. */
export const remediationTasks = {
  StartRun: { input: StartRunInput, output: StartRunOutput, throws },
  ScanFleet: { input: ScanFleetInput, output: ScanFleetOutput, throws },
  DiagnoseDevice: { input: DiagnoseDeviceInput, output: DiagnoseDeviceOutput, throws },
  RepairDevice: {
    input: RepairDeviceInput,
    output: Nothing,
    throws: [...throws, 'QuotaExceededError'],
  },
  VerifyDevice: { input: VerifyDeviceInput, output: VerifyDeviceOutput, throws },
  RecordDevice: { input: RecordDeviceInput, output: DeviceResult, throws },
  ReportRun: { input: ReportRunInput, output: Nothing, throws },
  EndRun: { input: EndRunInput, output: Nothing, throws },
} as const satisfies Partial<
  Record<
    keyof typeof asl.States | keyof (typeof asl.States)['SickDevices']['ItemProcessor']['States'],
    TaskContract
  >
>;
