import { greengrass, iot, rollouts } from '../aws/connected.js';
import { executions, records } from '../aws/remediation/connected.js';
import type { Records } from '../aws/remediation/records.js';
import { carryOut, type RepairPorts } from '../aws/remediation/repair.js';
import { anew, begun, repairOf } from '../domain/remediation/device-course.js';
import { isThing } from '../domain/target.js';
import { remediationTasks, type RepairDeviceInput } from '../workflows/remediation.js';
import { logger, task } from './task.js';

/** Begins the repair of one device, or goes on with one that has begun: its intent is kept before it has any effect. */
export const repairDevice =
  (ports: RepairPorts & { readonly records: Records }) =>
  async ({ runId, thing, target, diagnosis, remedy, settings, at }: RepairDeviceInput) => {
    const known = await ports.records.device(thing);
    const moment = { at, now: Date.parse(at) };
    const before = known && isThing(target) ? anew(known) : known;
    const repair = repairOf(`${runId}/${thing}`, remedy, diagnosis, moment.now);
    const record =
      known?.state === 'Repairing'
        ? known
        : await ports.records.saveDevice(begun(thing, before, diagnosis, repair, moment));
    const done = await carryOut(ports, record, settings);
    if (done !== record) await ports.records.saveDevice(done);
    logger.info('repair begun', { thing, cause: done.cause, ...done.repair });
    return {};
  };

export const handler = task(
  remediationTasks.RepairDevice,
  repairDevice({ greengrass, iot, rollouts, executions, records }),
);
