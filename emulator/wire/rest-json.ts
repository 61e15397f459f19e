import { ApiError } from '../errors.js';
import { structure, type Problem } from './decode.js';
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
  /** The service's error for a request that can't be read, or that breaks the model. */
  refuse(
    reason: 'CANNOT_PARSE' | 'FIELD_VALIDATION_FAILED',
    problems: readonly Problem[],
  ): ApiError;
  /** Documented: Greengrass names the seconds after which to try again (`Retry-After`), AWS IoT doesn't. */
  throttled(retryAfterSeconds: number): ApiError;
  readonly failed: ApiError;
}

/** An HTTP request as it came in: the path is still percent-encoded. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
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
export const operationOf = ({ operations }: WireService, { method, path }: WireRequest) =>
  operations.find((operation) => operation.method === method && operation.path.test(path));

/** JSON that need not be JSON; `undefined` is no JSON value, so it can stand for that. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decodeLabel(label: string): string | undefined {
  try {
    return decodeURIComponent(label);
  } catch {
    return undefined;
  }
}

type MemberSchema = Parameters<Parameters<typeof structure>[2]>[2];

/** Query values are text; the schema says which of them are numbers and booleans. */
function fromText(schema: MemberSchema, text: string): unknown {
  if (schema.isNumericSchema()) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.isBooleanSchema()) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function fromQuery(schema: MemberSchema, query: URLSearchParams, name: string): unknown {
  if (schema.isListSchema()) return query.has(name) ? query.getAll(name) : undefined;
  const text = query.get(name);
  return text === null ? undefined : fromText(schema, text);
}

function readBody(service: WireService, { body }: WireRequest): Record<string, unknown> {
  if (body.byteLength === 0) return {};
  const parsed = parseJson(new TextDecoder().decode(body));
  if (isRecord(parsed)) return parsed;
  const message = 'The request body has to be a JSON object';
  throw service.refuse('CANNOT_PARSE', [{ name: 'body', message }]);
}

/** The input of an operation, checked against the model; throws the service's refusal. */
export function readInput(
  service: WireService,
  operation: OperationSchema,
  request: WireRequest,
): Record<string, unknown> {
  const labels = operation.path.exec(request.path)?.groups ?? {};
  const body = readBody(service, request);
  const problems: Problem[] = [];
  const input = structure(
    { limits: service.limits, problems },
    operation.input,
    (member, jsonName, schema) => {
      const { httpLabel, httpQuery, httpHeader } = schema.getMergedTraits();
      if (httpLabel !== undefined) {
        const label = decodeLabel(labels[member] ?? '');
        if (label === undefined)
          throw service.refuse('CANNOT_PARSE', [
            { name: member, message: `${member} is not percent-encoded UTF-8` },
          ]);
        return label;
      }
      if (httpQuery !== undefined) return fromQuery(schema, request.query, httpQuery);
      if (httpHeader !== undefined) return request.headers[httpHeader.toLowerCase()];
      return body[jsonName ?? member];
    },
  );
  if (problems.length > 0) throw service.refuse('FIELD_VALIDATION_FAILED', problems);
  return input;
}

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
