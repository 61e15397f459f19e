import type { ApiError } from '../errors.js';
import { structure, type Problem } from './decode.js';
import { parseQuery } from './query.js';
import type { WireRequest, WireService } from './rest-json.js';
import { membersOf, onceFor, type OperationSchema } from './schemas.js';

type MemberSchema = Parameters<Parameters<typeof structure>[2]>[2];

/** JSON that need not be JSON; `undefined` is no JSON value, so it can stand for that. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
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

/** Query values are text; the schema says which of them are numbers and booleans. */
function fromText(schema: MemberSchema, text: string): unknown {
  if (schema.isNumericSchema()) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  if (schema.isBooleanSchema()) return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function fromQuery(schema: MemberSchema, texts: readonly string[] | undefined): unknown {
  if (schema.isListSchema()) return texts;
  return texts?.[0] === undefined ? undefined : fromText(schema, texts[0]);
}

const takesBody = onceFor((input) =>
  membersOf(input).some(
    ({ traits: { httpLabel, httpQuery, httpHeader } }) =>
      httpLabel === undefined && httpQuery === undefined && httpHeader === undefined,
  ),
);

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?(?:json|x-amz-json-1\.[01])\s*(?:;|$)/i;

/**
 * The body of an operation that takes one. Assumed: a body of another content type is refused, one without a content
 * type is read as JSON, and one that the operation doesn't take is not looked at.
 */
function readBody(
  operation: OperationSchema,
  { body, headers }: WireRequest,
  unreadable: (name: string, message: string) => ApiError,
): Record<string, unknown> {
  if (!takesBody(operation.input) || body.length === 0) return {};
  if (body === 'too long') throw unreadable('body', 'The request body is too long');
  const type = headers['content-type'];
  if (typeof type === 'string' && !JSON_TYPE.test(type))
    throw unreadable('Content-Type', 'The Content-Type has to be application/json');
  const parsed = parseJson(body);
  if (isRecord(parsed)) return parsed;
  throw unreadable('body', 'The request body has to be a JSON object');
}

/** The input of an operation, checked against the model; throws the service's refusal. */
export function readInput(
  service: WireService,
  operation: OperationSchema,
  request: WireRequest,
): Record<string, unknown> {
  const unreadable = (name: string, message: string) =>
    service.refuse('CANNOT_PARSE', [{ name, message }]);
  const query = parseQuery(request.query);
  if (!query) throw unreadable('query', 'The query string is not percent-encoded UTF-8');
  const labels = operation.path.exec(request.path)?.groups ?? {};
  const body = readBody(operation, request, unreadable);
  const problems: Problem[] = [];
  const input = structure(
    { limits: service.limits, problems },
    operation.input,
    (member, { httpLabel, httpQuery, httpHeader, jsonName }, schema) => {
      if (httpLabel !== undefined) {
        const label = decodeLabel(labels[member] ?? '');
        if (label === undefined) throw unreadable(member, `${member} is not percent-encoded UTF-8`);
        return label;
      }
      if (httpQuery !== undefined) return fromQuery(schema, query.get(httpQuery));
      if (httpHeader !== undefined) return request.headers[httpHeader.toLowerCase()];
      return body[jsonName ?? member];
    },
  );
  if (problems.length > 0) throw service.refuse('FIELD_VALIDATION_FAILED', problems);
  return input;
}
