import { NormalizedSchema } from '@smithy/core/schema';

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** One operation of an SDK client, as the server needs it. */
export interface OperationSchema {
  readonly name: string;
  readonly method: string;
  readonly status: number;
  /** Matches the raw path: its groups are the labels, still percent-encoded. */
  readonly path: RegExp;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
}

/** One modelled error of an SDK client. */
export interface ErrorSchema {
  readonly status: number;
  readonly schema: NormalizedSchema;
}

type OperationTuple = readonly [9, string, string, { http: unknown }, SchemaRef, SchemaRef];
type ErrorTuple = readonly [-3, string, string, { httpError?: number } | 0, ...unknown[]];

// The layout of the tuples is not documented by the SDK: the version is pinned, and a contract test reads them all.
const isOperation = (value: unknown): value is OperationTuple =>
  Array.isArray(value) && value[0] === 9;
const isError = (value: unknown): value is ErrorTuple => Array.isArray(value) && value[0] === -3;

const isBinding = (http: unknown): http is readonly [string, string, number] =>
  Array.isArray(http) && http.length === 3;

// A label may be empty, so that the refusal names the member. Assumed: no path has a slash too many at its end.
const groupName = (label: string, isGreedy: string) => `(?<${label}>${isGreedy ? '.*' : '[^/]*'})`;

/** The operations that an SDK client exports, the most literal path first, so that it wins. */
export function operationsOf(sdk: Readonly<Record<string, unknown>>): readonly OperationSchema[] {
  const operations = Object.values(sdk)
    .filter(isOperation)
    .flatMap(([, , name, { http }, input, output]) => {
      if (!isBinding(http)) return [];
      const [method, uri, status] = http;
      const path = uri.split('?')[0] ?? uri;
      const pattern = path.replace(/\{(\w+)(\+?)\}/g, (_, label: string, greedy: string) =>
        groupName(label, greedy),
      );
      return {
        name,
        method,
        status,
        literal: path.replace(/\{[^}]*\}/g, '').length,
        path: new RegExp(`^${pattern}$`),
        input: NormalizedSchema.of(input),
        output: NormalizedSchema.of(output),
      };
    });
  return operations.sort((a, b) => b.literal - a.literal);
}

/** The modelled errors that an SDK client exports, by name. */
export function errorsOf(sdk: Readonly<Record<string, unknown>>): ReadonlyMap<string, ErrorSchema> {
  const errors = Object.values(sdk).filter(isError);
  return new Map(
    errors.map((error) => [
      error[2],
      {
        status: error[3] === 0 ? 400 : (error[3].httpError ?? 400),
        schema: NormalizedSchema.of(error as unknown as SchemaRef),
      },
    ]),
  );
}

/** To ask a schema is slow, so what it says is kept: the functions of this answer by schema. */
export function onceFor<T>(make: (schema: NormalizedSchema) => T) {
  const made = new WeakMap<NormalizedSchema, { readonly result: T }>();
  return (schema: NormalizedSchema): T => {
    const found = made.get(schema) ?? { result: make(schema) };
    made.set(schema, found);
    return found.result;
  };
}

/** The members of a structure with what is said of them. */
export const membersOf = onceFor((schema) =>
  [...schema.structIterator()].map(([name, member]) => ({
    name,
    schema: member,
    traits: member.getMergedTraits(),
  })),
);

/** The members that a structure requires: the tuple has them first, and then their number. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const tuple: unknown = schema.getSchema();
  if (!Array.isArray(tuple)) return [];
  const names: unknown = tuple[4];
  const count: unknown = tuple[6];
  return Array.isArray(names) && typeof count === 'number' ? names.slice(0, count).map(String) : [];
}
