import * as greengrassSdk from '@aws-sdk/client-greengrassv2';
import * as iotDataSdk from '@aws-sdk/client-iot-data-plane';
import * as iotSdk from '@aws-sdk/client-iot';
import { ApiError, invalidRequest } from '../errors.js';
import type { Problem } from './decode.js';
import { greengrassLimits } from './greengrass-limits.js';
import { iotDataLimits } from './iot-data-limits.js';
import { iotLimits } from './iot-limits.js';
import type { WireService } from './rest-json.js';
import { errorsOf, operationsOf } from './schemas.js';

const messageOf = (problems: readonly Problem[]) =>
  problems.map((problem) => problem.message).join('; ');

/** Observed: aws-cli issues 6274 and 7189: the text. Assumed: the action has the operation's name. */
const notAuthorized = (action: string, caller: string) =>
  `User: ${caller} is not authorized to perform: ${action}`;

/** AWS IoT Greengrass V2 on the wire. */
export const greengrassWire: WireService = {
  name: 'Greengrass',
  operations: operationsOf(greengrassSdk),
  errors: errorsOf(greengrassSdk),
  limits: greengrassLimits,
  // Observed: aws-cli issue 6185: answers carry explicit nulls.
  absent: null,
  refuse(reason, problems) {
    const message = messageOf(problems);
    return new ApiError('ValidationException', message, { reason, fields: problems });
  },
  throttled: (retryAfterSeconds) =>
    new ApiError('ThrottlingException', 'Rate exceeded', { retryAfterSeconds }),
  failed: new ApiError('InternalServerException', 'Internal server error', {
    retryAfterSeconds: 1,
  }),
  // Assumed: so do the operations whose model doesn't have the error, such as TagResource.
  denied: (caller, operation) =>
    new ApiError('AccessDeniedException', notAuthorized(`greengrass:${operation}`, caller)),
};

/** AWS IoT (registry, jobs, fleet indexing) on the wire. */
export const iotWire: WireService = {
  name: 'IoT',
  operations: operationsOf(iotSdk),
  errors: errorsOf(iotSdk),
  limits: iotLimits,
  absent: undefined,
  // Assumed: AWS IoT answers so where it has no such operation; its model has no error for it.
  refuse: (reason, problems) =>
    reason === 'UNKNOWN_OPERATION'
      ? new ApiError('UnknownOperationException', messageOf(problems))
      : invalidRequest(messageOf(problems)),
  throttled: () => new ApiError('ThrottlingException', 'Rate exceeded'),
  failed: new ApiError('InternalFailureException', 'Internal failure'),
  // Observed: aws-sdk-android issue 640: not the UnauthorizedException of its model.
  denied: (caller, operation) =>
    new ApiError('AccessDeniedException', notAuthorized(`iot:${operation}`, caller)),
};

/** The AWS IoT data plane (shadows) on the wire: in its words it is as AWS IoT. */
export const iotDataWire: WireService = {
  ...iotWire,
  name: 'IoTData',
  operations: operationsOf(iotDataSdk),
  errors: errorsOf(iotDataSdk),
  limits: iotDataLimits,
  // Observed: aws-sdk-android-samples issue 88: name and text.
  denied: () => new ApiError('ForbiddenException', 'Forbidden'),
};
