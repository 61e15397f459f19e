import { greengrass } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import { connectivity, records } from '../aws/remediation/connected.js';
import type { Connectivity } from '../aws/remediation/connectivity.js';
import type { Records } from '../aws/remediation/records.js';
import { verifyRepair } from '../aws/remediation/verify.js';
import { remediationTasks, type VerifyDeviceInput } from '../workflows/remediation.js';
import { task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly connectivity: Connectivity;
  readonly records: Records;
}

/** Asks whether a repair has helped, by what the device reports since. */
export const verifyDevice =
  (ports: Ports) =>
  async ({ thing, settings, at }: VerifyDeviceInput) => {
    const record = await ports.records.device(thing);
    if (!record) return { verdict: 'Failed' as const, why: 'nothing is known of a repair' };
    return verifyRepair(ports, record, settings, Date.parse(at));
  };

export const handler = task(
  remediationTasks.VerifyDevice,
  verifyDevice({ greengrass, connectivity, records }),
);
