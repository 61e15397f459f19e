import type { CoreDeviceRecord } from '../cloud.js';

/** The kind of core software that a device runs. */
export type Runtime = CoreDeviceRecord['runtime'];

/** The name of its own component. */
export const nucleusName = (runtime: Runtime): string =>
  runtime === 'aws_nucleus_lite' ? 'aws.greengrass.NucleusLite' : 'aws.greengrass.Nucleus';
