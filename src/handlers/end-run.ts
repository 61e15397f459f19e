import { greengrass, iot } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { groups, records } from '../aws/remediation/connected.js';
import type { Records } from '../aws/remediation/records.js';
import { deleteEmptyGroups, type RemedyGroups } from '../aws/remediation/remedy-groups.js';
import { remediationTasks, type EndRunInput } from '../workflows/remediation.js';
import { task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly groups: RemedyGroups;
  readonly records: Records;
}

/** Deletes the groups of repairs in which nobody is left, and lets the next run begin. */
export const endRun =
  (ports: Ports) =>
  async ({ runId }: EndRunInput) => {
    await deleteEmptyGroups(ports);
    await ports.records.unlockRun(runId);
    return {};
  };

export const handler = task(remediationTasks.EndRun, endRun({ greengrass, iot, groups, records }));
