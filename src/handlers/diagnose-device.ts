import { greengrass, rollouts } from '../aws/connected.js';
import { connectivity, executions, records } from '../aws/remediation/connected.js';
import { readDeviceFacts, type DevicePorts } from '../aws/remediation/device-facts.js';
import type { Records } from '../aws/remediation/records.js';
import type { Rollouts } from '../aws/rollouts.js';
import { nextFor } from '../domain/remediation/next-step.js';
import { isThing } from '../domain/target.js';
import {
  remediationTasks,
  type DiagnoseDeviceInput,
  type DiagnoseDeviceOutput,
} from '../workflows/remediation.js';
import { task } from './task.js';

interface Ports extends DevicePorts {
  readonly rollouts: Rollouts;
  readonly records: Records;
}

/** Finds out what is wrong with one device, and what is to be done about it next. Changes nothing. */
export const diagnoseDevice =
  (ports: Ports) =>
  async ({ thing, settings, target, at }: DiagnoseDeviceInput): Promise<DiagnoseDeviceOutput> => {
    const record = await ports.records.device(thing);
    const facts = await readDeviceFacts(ports, thing);
    const lockers = new Map<string, string>();
    for (const { targetArn } of facts?.current ?? []) {
      const lock = await ports.rollouts.lockOf(targetArn);
      if (lock) lockers.set(targetArn, lock.rolloutId);
    }
    const isAsked = isThing(target);
    return nextFor(thing, { record, facts, lockers, isAsked }, settings, Date.parse(at));
  };

export const handler = task(
  remediationTasks.DiagnoseDevice,
  diagnoseDevice({ greengrass, rollouts, connectivity, executions, records }),
);
