import type { Limits } from './limits.js';

// Documented: AWS IoT data API model 2015-05-28: lengths and patterns.
/** The limits of the AWS IoT data-plane requests that are built. */
export const iotDataLimits: Limits = {
  thingName: { length: [1, 128], pattern: /^[a-zA-Z0-9:_-]+$/ },
  shadowName: { length: [1, 64], pattern: /^[$a-zA-Z0-9:_-]+$/ },
  pageSize: { range: [1, 100], decimals: 0 },
};
