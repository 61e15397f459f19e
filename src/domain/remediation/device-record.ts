import * as z from 'zod';
import { Cause, Remedy } from './causes.js';

/** A repair that was begun: written before anything is done, so that whoever finds it can go on with it. */
export const Repair = z.strictObject({
  /** Identifies it; the deployment that it makes carries it. */
  repairId: z.string(),
  remedy: Remedy,
  begunAt: z.number(),
  /** The deployment whose document is given, and the target in whose place that is. */
  sourceDeploymentId: z.string().optional(),
  parentTargetArn: z.string().optional(),
  /** The job whose execution is cancelled. */
  jobId: z.string().optional(),
  /** The deployment of the remedy, once there is one. */
  deploymentId: z.string().optional(),
  /** The group of a subdeployment. */
  groupName: z.string().optional(),
  /** Whether the deployment is deleted afterwards: not one that holds the thing's own document. */
  isTemporary: z.boolean().optional(),
  /** Why it could not be done. */
  refused: z.string().optional(),
});
export type Repair = z.infer<typeof Repair>;

/** Where a device is with remediation. */
export const DeviceState = z.enum([
  'Repairing',
  'BackingOff',
  'Escalated',
  'Quarantined',
  'Recovered',
]);
export type DeviceState = z.infer<typeof DeviceState>;

/** One line of a device's history: what went wrong, what was tried, what came of it. */
export const HistoryEntry = z.strictObject({
  at: z.string(),
  what: z.string(),
  why: z.string(),
  /** Where the device was with remediation from then on, and for what. */
  state: DeviceState,
  cause: Cause,
  /** With a repair that began. */
  remedy: Remedy.optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** What is kept of a device that was ever found sick. Times are epoch milliseconds, those that are only shown ISO. */
export const DeviceRecord = z.strictObject({
  thing: z.string(),
  state: DeviceState,
  cause: Cause,
  evidence: z.array(z.string()),
  /** The signs that this sickness was found by. */
  keys: z.array(z.string()),
  targetArn: z.string().optional(),
  deploymentId: z.string().optional(),
  /** Repairs begun in this sickness. */
  attempts: z.number(),
  repair: Repair.optional(),
  /** The last one tried. */
  remedy: Remedy.optional(),
  /** No repair before. */
  nextAt: z.number().optional(),
  /** A deployment that was cancelled on this device and is still to be given to it. */
  owed: z.string().optional(),
  /** Deployments whose failure here needs no more attention; the newest last. */
  settled: z.array(z.string()),
  /** When it came into this state. */
  since: z.number(),
  history: z.array(HistoryEntry),
  /** Counts writes: each is conditional on the one before. */
  version: z.number(),
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;
