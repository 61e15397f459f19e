import type { NormalizedSchema } from '@smithy/core/schema';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What stands for a member without a value: null in a Greengrass response, nothing elsewhere. */
export type Absent = null | undefined;

/**
 * A value of an SDK response as JSON by its schema. Times are epoch seconds with a millisecond fraction;
 * members that the schema doesn't know are left out.
 */
function encode(schema: NormalizedSchema, value: unknown, absent: Absent): unknown {
  if (value === undefined || value === null) return absent;
  if (schema.isBlobSchema())
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  if (schema.isTimestampSchema()) return value instanceof Date ? value.getTime() / 1000 : value;
  if (schema.isListSchema()) {
    const each = schema.getValueSchema();
    return Array.isArray(value) ? value.map((item) => encode(each, item, absent)) : undefined;
  }
  if (!isRecord(value)) return value;
  if (schema.isMapSchema()) {
    const each = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, encode(each, item, absent)]),
    );
  }
  return schema.isStructSchema() ? encodeMembers(schema, value, absent) : value;
}

/** The members of a structure that travel in the body. */
export function encodeMembers(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
  absent?: Absent,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [member, memberSchema] of schema.structIterator()) {
    const { jsonName, httpHeader } = memberSchema.getMergedTraits();
    if (httpHeader === undefined)
      body[jsonName ?? member] = encode(memberSchema, value[member], absent);
  }
  return body;
}

/** The members of a structure that travel as headers. */
export function encodeHeaders(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [member, memberSchema] of schema.structIterator()) {
    const { httpHeader } = memberSchema.getMergedTraits();
    const found = value[member];
    if (httpHeader !== undefined && (typeof found === 'string' || typeof found === 'number'))
      headers[httpHeader] = String(found);
  }
  return headers;
}

/** The member that is the whole body, if the structure has one; JSON text is the only kind that is built. */
export function payloadOf(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!schema.isStructSchema()) return undefined;
  for (const [member, memberSchema] of schema.structIterator()) {
    const found = value[member];
    if (memberSchema.getMergedTraits().httpPayload && found instanceof Uint8Array)
      return new TextDecoder().decode(found);
  }
  return undefined;
}
