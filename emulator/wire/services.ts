import * as greengrassSdk from '@aws-sdk/client-greengrassv2';
import * as iotSdk from '@aws-sdk/client-iot';
import { ApiError, invalidRequest } from '../errors.js';
import { greengrassLimits } from './greengrass-limits.js';
import { iotLimits } from './iot-limits.js';
import type { WireService } from './rest-json.js';
import { errorsOf, operationsOf } from './schemas.js';

/** AWS IoT Greengrass V2 on the wire. */
export const greengrassWire: WireService = {
  name: 'Greengrass',
  operations: operationsOf(greengrassSdk),
  errors: errorsOf(greengrassSdk),
  limits: greengrassLimits,
  // Observed: real responses carry explicit nulls (aws-cli issue 6185).
  absent: null,
  refuse(reason, problems) {
    const message = problems.map((problem) => problem.message).join('; ');
    return new ApiError('ValidationException', message, { reason, fields: problems });
  },
  throttled: (retryAfterSeconds) =>
    new ApiError('ThrottlingException', 'Rate exceeded', { retryAfterSeconds }),
  failed: new ApiError('InternalServerException', 'Internal server error', {
    retryAfterSeconds: 1,
  }),
};

/** AWS IoT (registry, jobs, fleet indexing) on the wire. */
export const iotWire: WireService = {
  name: 'IoT',
  operations: operationsOf(iotSdk),
  errors: errorsOf(iotSdk),
  limits: iotLimits,
  absent: undefined,
  refuse: (_reason, problems) =>
    invalidRequest(problems.map((problem) => problem.message).join('; ')),
  throttled: () => new ApiError('ThrottlingException', 'Rate exceeded'),
  failed: new ApiError('InternalFailureException', 'Internal failure'),
};
