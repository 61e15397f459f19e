import type { ApiError } from '../errors.js';
import type { Problem } from './decode.js';
import { encodeHeaders, encodeMembers, payloadOf, type Absent } from './encode.js';
import type { Limits } from './limits.js';
import type { ErrorSchema, OperationSchema } from './schemas.js';

/** One restJson1 service: what its requests look like and how it words a refusal. */
export interface WireService {
  readonly name: 'Greengrass' | 'IoT' | 'IoTData';
  readonly operations: readonly OperationSchema[];
  readonly errors: ReadonlyMap<string, ErrorSchema>;
  readonly limits: Limits;
  readonly absent: Absent;
  /** The service's error for a request that names no operation, can't be read, or breaks the model. */
  refuse(
    reason: 'UNKNOWN_OPERATION' | 'CANNOT_PARSE' | 'FIELD_VALIDATION_FAILED',
    problems: readonly Problem[],
  ): ApiError;
  /** Documented: API model, ThrottlingException: Greengrass says in `Retry-After` when to try again, AWS IoT doesn't. */
  throttled(retryAfterSeconds: number): ApiError;
  readonly failed: ApiError;
  /** The refusal of a caller, by its ARN, who may not do this. */
  denied(caller: string, operation: string): ApiError;
}

/** An HTTP request as it came in: path and query are still percent-encoded. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array | 'too long';
  readonly sourceIpAddress: string;
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

/** The content type of all bodies. */
export const JSON_TYPE = { 'content-type': 'application/json' };

/** A successful response. */
export function writeOutput(
  { absent }: WireService,
  { status, output }: OperationSchema,
  value: Readonly<Record<string, unknown>>,
): WireResponse {
  if (status === 204) return { status, headers: JSON_TYPE, body: '' };
  const members = output.isStructSchema() ? encodeMembers(output, value, absent) : {};
  const body = payloadOf(output, value) ?? JSON.stringify(members);
  const headers = { ...JSON_TYPE, ...encodeHeaders(output, value), ...lengthOf(body) };
  return { status, headers, body };
}

/** With its length known, head and body of an answer go out in one piece. */
export const lengthOf = (body: string) => ({ 'content-length': String(Buffer.byteLength(body)) });

/** Of errors that come before a service: its model need not have them. */
const UNMODELLED: Readonly<Record<string, number>> = { AccessDeniedException: 403 };

/**
 * An error as the service sends it. Another name that the service doesn't model (UnknownOperationException) is a 404.
 */
export function writeError({ errors }: WireService, error: ApiError): WireResponse {
  const known = errors.get(error.code);
  const members = { ...error.members, message: error.message };
  const body = JSON.stringify(known ? encodeMembers(known.schema, members) : members);
  return {
    status: known?.status ?? UNMODELLED[error.code] ?? 404,
    headers: {
      ...{ ...JSON_TYPE, 'x-amzn-errortype': error.code, ...lengthOf(body) },
      ...(known && encodeHeaders(known.schema, members)),
    },
    body,
  };
}
