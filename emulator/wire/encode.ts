import type { NormalizedSchema } from '@smithy/core/schema';
import { membersOf, onceFor } from './schemas.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What stands for a member without a value: null in a Greengrass response, nothing elsewhere. */
export type Absent = null | undefined;

type Encode = (value: unknown) => unknown;
type Structure = Readonly<Record<string, unknown>>;

/** The values of lists and maps. */
function eachOf(schema: NormalizedSchema, absent: Absent): Encode {
  const each = encoderOf(schema.getValueSchema(), absent);
  if (schema.isListSchema())
    return (value) => (Array.isArray(value) ? value.map((item) => each(item)) : undefined);
  return (value) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]))
      : value;
}

function valueEncoder(schema: NormalizedSchema, absent: Absent): Encode {
  if (schema.isBlobSchema())
    return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value);
  if (schema.isTimestampSchema())
    return (value) => (value instanceof Date ? value.getTime() / 1000 : value);
  if (schema.isListSchema() || schema.isMapSchema()) return eachOf(schema, absent);
  if (!schema.isStructSchema()) return (value) => value;
  const members = membersEncoder(schema, absent);
  return (value) => (isRecord(value) ? members(value) : value);
}

/**
 * Makes JSON of values of an SDK response by their schema. Times are epoch seconds with a millisecond fraction; members that
 * the schema doesn't know are left out.
 */
function encoderOf(schema: NormalizedSchema, absent: Absent): Encode {
  const encode = valueEncoder(schema, absent);
  return (value) => (value === undefined || value === null ? absent : encode(value));
}

/** No structure of the services holds one of its own kind. */
function membersEncoder(schema: NormalizedSchema, absent: Absent) {
  const members = membersOf(schema)
    .filter(({ traits }) => traits.httpHeader === undefined)
    .map(({ name, schema: member, traits }) => ({
      name,
      wireName: traits.jsonName ?? name,
      encode: encoderOf(member, absent),
    }));
  return (value: Structure) => {
    const body: Record<string, unknown> = {};
    for (const { name, wireName, encode } of members) body[wireName] = encode(value[name]);
    return body;
  };
}

const withNulls = onceFor((schema) => membersEncoder(schema, null));
const withoutNulls = onceFor((schema) => membersEncoder(schema, undefined));

/** The members of a structure that travel in the body. */
export const encodeMembers = (
  schema: NormalizedSchema,
  value: Structure,
  absent?: Absent,
): Record<string, unknown> => (absent === null ? withNulls : withoutNulls)(schema)(value);

/** The members of a structure that travel as headers. */
export function encodeHeaders(schema: NormalizedSchema, value: Structure): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, traits } of membersOf(schema)) {
    const found = value[name];
    if (traits.httpHeader === undefined) continue;
    if (typeof found === 'string' || typeof found === 'number')
      headers[traits.httpHeader] = String(found);
  }
  return headers;
}

/** The member that is the whole body, if the structure has one; JSON text is the only kind that is built. */
export function payloadOf(schema: NormalizedSchema, value: Structure): string | undefined {
  if (!schema.isStructSchema()) return undefined;
  const payload = membersOf(schema).find(({ traits }) => traits.httpPayload);
  const found = payload && value[payload.name];
  return found instanceof Uint8Array ? new TextDecoder().decode(found) : undefined;
}
