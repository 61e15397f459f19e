import type { DeviceSide } from '../cloud.js';

/** How a device ends an execution, as it tells the cloud. */
export type Outcome = Parameters<DeviceSide['finishExecution']>[1];

/** An outcome that leaves the device as it was, with all that the nucleus says of it. */
export type Refusal = Required<Omit<Outcome, 'isBare'>>;
