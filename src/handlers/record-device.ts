import { greengrass, iot } from '../aws/connected.js';
import { deviceEvents, deviceTags, records } from '../aws/remediation/connected.js';
import { endWithDevice, type OutcomePorts } from '../aws/remediation/record-outcome.js';
import { remediationTasks, type RecordDeviceInput } from '../workflows/remediation.js';
import { logger, task } from './task.js';

/** Ends with one device for this run: cleans up after its repair, keeps what came of it, and tells other systems. */
export const recordDevice =
  (ports: OutcomePorts) =>
  async ({ at, ...ending }: RecordDeviceInput) => {
    const result = await endWithDevice(ports, ending, { at, now: Date.parse(at) });
    logger.info('device recorded', result);
    return result;
  };

export const handler = task(
  remediationTasks.RecordDevice,
  recordDevice({ greengrass, iot, deviceEvents, deviceTags, records }),
);
