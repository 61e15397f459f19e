import type { NormalizedSchema } from '@smithy/core/schema';
import { breach, limitOf, type Limit, type Limits } from './limits.js';
import { membersOf, requiredMembers } from './schemas.js';

/** One thing wrong with a request; the name is the member's path in it. */
export interface Problem {
  readonly name: string;
  readonly message: string;
}

/** Reads JSON values by schema, and collects what is wrong instead of stopping at the first. */
export interface Decoding {
  readonly limits: Limits;
  readonly problems: Problem[];
}

type Traits = ReturnType<typeof membersOf>[number]['traits'];

interface Place {
  readonly path: string;
  /** The key of the limits table. */
  readonly structure: string;
  readonly member: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inside = (place: Place, suffix: string, path: string): Place => ({
  ...place,
  member: `${place.member}${suffix}`,
  path,
});

const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

/** So many problems are told; a request may have any number of them. */
const MOST_PROBLEMS = 50;
/** So much of a key of the request is repeated in a message. */
const LONGEST_NAME = 128;
const shown = (key: string) =>
  key.length > LONGEST_NAME ? `${key.slice(0, LONGEST_NAME)}...` : key;

/** A scalar as the schema has it, or undefined if it is of another type. */
function scalar(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isDocumentSchema()) return value;
  if (schema.isBlobSchema())
    return typeof value === 'string' && isBase64(value)
      ? new Uint8Array(Buffer.from(value, 'base64'))
      : undefined;
  if (schema.isTimestampSchema())
    return typeof value === 'number' ? new Date(value * 1000) : undefined;
  if (schema.isNumericSchema()) return Number.isFinite(value) ? value : undefined;
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : undefined;
  return typeof value === 'string' ? value : undefined;
}

const kindOf = (schema: NormalizedSchema): string => {
  if (schema.isBlobSchema()) return 'base64';
  if (schema.isNumericSchema() || schema.isTimestampSchema()) return 'a number';
  return schema.isBooleanSchema() ? 'a boolean' : 'a string';
};

function list(decoding: Decoding, schema: NormalizedSchema, values: unknown, place: Place) {
  if (!Array.isArray(values)) return undefined;
  const each = schema.getValueSchema();
  return values.map((value: unknown, i) =>
    decode(decoding, each, value, inside(place, '[]', `${place.path}.${i + 1}.member`)),
  );
}

function map(decoding: Decoding, schema: NormalizedSchema, values: unknown, place: Place) {
  if (!isRecord(values)) return undefined;
  const each = schema.getValueSchema();
  const keys = limitOf(decoding.limits, place.structure, `${place.member}.key`);
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => {
        if (keys) note(decoding, key, keys, `${place.path}.key`);
        const path = `${place.path}.${shown(key)}.member`;
        return [key, decode(decoding, each, value, inside(place, '[]', path))];
      }),
  );
}

function report({ problems }: Decoding, name: string, message: string): void {
  if (problems.length < MOST_PROBLEMS) problems.push({ name, message });
}

function note(decoding: Decoding, value: unknown, limit: Limit, name: string): void {
  const message = breach(value, limit);
  if (message)
    report(decoding, name, `Value at '${name}' failed to satisfy constraint: ${message}`);
}

function raw(decoding: Decoding, schema: NormalizedSchema, value: unknown, place: Place): unknown {
  if (schema.isStructSchema())
    return isRecord(value)
      ? structure(decoding, schema, (name, { jsonName }) => value[jsonName ?? name], place.path)
      : undefined;
  if (schema.isListSchema()) return list(decoding, schema, value, place);
  if (schema.isMapSchema()) return map(decoding, schema, value, place);
  return scalar(schema, value);
}

function decode(
  decoding: Decoding,
  schema: NormalizedSchema,
  value: unknown,
  place: Place,
): unknown {
  const decoded = raw(decoding, schema, value, place);
  if (decoded === undefined) {
    const { path } = place;
    const isNested = schema.isStructSchema() || schema.isMapSchema();
    const kind = schema.isListSchema() ? 'a list' : isNested ? 'an object' : kindOf(schema);
    report(decoding, path, `Value at '${path}' has to be ${kind}`);
    return undefined;
  }
  const limit = limitOf(decoding.limits, place.structure, place.member);
  if (limit) note(decoding, decoded, limit, place.path);
  return decoded;
}

/**
 * A structure from what `read` finds for each member. Unknown members are dropped, as the services do;
 * null counts as absent.
 */
export function structure(
  decoding: Decoding,
  schema: NormalizedSchema,
  read: (member: string, traits: Traits, schema: NormalizedSchema) => unknown,
  path = '',
): Record<string, unknown> {
  const owner = schema.getName() ?? '';
  const found: Record<string, unknown> = {};
  for (const { name: member, schema: memberSchema, traits } of membersOf(schema)) {
    const value = read(member, traits, memberSchema);
    if (value === undefined || value === null) continue;
    const place = { path: path ? `${path}.${member}` : member, structure: owner, member };
    found[member] = decode(decoding, memberSchema, value, place);
  }
  for (const member of requiredMembers(schema)) {
    if (member in found) continue;
    const name = path ? `${path}.${member}` : member;
    const message = `Value at '${name}' failed to satisfy constraint: Member must not be null`;
    report(decoding, name, message);
  }
  return found;
}
