import type { ApiError } from '../errors.js';
import type { Problem } from './decode.js';
import { encodeHeaders, encodeMembers, type Absent } from './encode.js';
import type { Limits } from './limits.js';
import type { ErrorSchema, OperationSchema } from './schemas.js';

/** One restJson1 service: what its requests look like and how it words a refusal. */
export interface WireService {
  readonly name: 'Greengrass' | 'IoT';
  readonly operations: readonly OperationSchema[];
  readonly errors: ReadonlyMap<string, ErrorSchema>;
  readonly limits: Limits;
  readonly absent: Absent;
  /** The service's error for a request that names no operation, can't be read, or breaks the model. */
  refuse(
    reason: 'UNKNOWN_OPERATION' | 'CANNOT_PARSE' | 'FIELD_VALIDATION_FAILED',
    problems: readonly Problem[],
  ): ApiError;
  /** Documented: Greengrass names the seconds after which to try again (`Retry-After`), AWS IoT doesn't. */
  throttled(retryAfterSeconds: number): ApiError;
  readonly failed: ApiError;
}

/** An HTTP request as it came in: path and query are still percent-encoded. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** An HTTP response before it goes out. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Finds the operation that a request's method and raw path name. */
export const operationOf = (
  { operations }: WireService,
  { method, path }: Pick<WireRequest, 'method' | 'path'>,
) => operations.find((operation) => operation.method === method && operation.path.test(path));

/** A successful response. */
export function writeOutput(
  { absent }: WireService,
  { status, output }: OperationSchema,
  value: Readonly<Record<string, unknown>>,
): WireResponse {
  const hasBody = status !== 204;
  return {
    status,
    headers: { 'content-type': 'application/json', ...encodeHeaders(output, value) },
    body: hasBody
      ? JSON.stringify(output.isStructSchema() ? encodeMembers(output, value, absent) : {})
      : '',
  };
}

/**
 * An error as the service sends it. A name that the service doesn't model (UnknownOperationException) is a 404.
 */
export function writeError({ errors }: WireService, error: ApiError): WireResponse {
  const known = errors.get(error.code);
  const members = { ...error.members, message: error.message };
  return {
    status: known?.status ?? 404,
    headers: {
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
      ...(known && encodeHeaders(known.schema, members)),
    },
    body: JSON.stringify(known ? encodeMembers(known.schema, members) : members),
  };
}
