import type { Chance } from './fuzz-random.js';
import type { FuzzRequest } from './valid-requests.js';

/** A part of a path that goes out as it is, without being encoded. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type MutatedRequest = Omit<FuzzRequest, 'path' | 'body'> & {
  path: (string | Raw)[];
  /** JSON, or bytes as they are. */
  body: unknown;
};

const nest = (wrap: (inner: unknown) => unknown, levels: number): unknown => {
  let nested: unknown = 1;
  for (let i = 0; i < levels; i += 1) nested = wrap(nested);
  return nested;
};

/** A key that is set even if it is `__proto__`. */
const put = (record: Record<string, unknown>, key: string, value: unknown) =>
  Object.defineProperty(record, key, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  });

const NASTY: readonly [() => unknown, ...(() => unknown)[]] = [
  () => null,
  () => true,
  () => '',
  () => 0,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => 2 ** 53,
  () => [],
  () => ({}),
  () => [null],
  () => ({ '': null }),
  () => '\0',
  () => '\ud800',
  () => '../../etc/passwd',
  () => '${7*7}{{7*7}}',
  () => "' OR 1=1 --",
  () => '𝕏'.repeat(300),
  () => 'x'.repeat(2000),
  () => 'x'.repeat(100_000),
  () => nest((a) => [a], 500),
  () => nest((a) => ({ a }), 500),
  () => '[['.repeat(200),
  () => '{"a":'.repeat(1200) + '1' + '}'.repeat(1200),
  () => put({ constructor: { prototype: 1 } }, '__proto__', { a: 1 }),
  () => '__proto__',
  () => 'constructor',
  () => 'arn:aws:iot:eu-west-1:123456789012:thinggroup/toString',
  () => 'arn:aws:greengrass:eu-west-1:123456789012:components:hasOwnProperty:versions:1.0.0',
  () => Buffer.from('a: &a [*a]').toString('base64'),
  () => Buffer.from('? {a: [b]}\n: - c').toString('base64'),
];

const KEYS = ['__proto__', 'constructor', 'toString', '', 'a b', 'é', 'x'.repeat(500)] as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function spoilRecord(record: Record<string, unknown>, chance: Chance): unknown {
  const [first, ...rest] = Object.keys(record);
  if (first === undefined || chance.is(0.1))
    return put(record, chance.pick(KEYS), chance.pick(NASTY)());
  const key = chance.pick([first, ...rest]);
  if (chance.is(0.15)) delete record[key];
  else if (chance.is(0.1)) put(record, chance.pick(KEYS), record[key]);
  else put(record, key, spoil(record[key], chance));
  return record;
}

/** A value with something wrong at a random depth. */
function spoil(value: unknown, chance: Chance): unknown {
  if (chance.is(0.25)) return chance.pick(NASTY)();
  if (isRecord(value)) return spoilRecord(value, chance);
  if (Array.isArray(value) && value.length > 0) {
    const items = value as unknown[];
    const at = chance.below(items.length);
    items[at] = spoil(items[at], chance);
    const isScalar = typeof items[at] !== 'object';
    return isScalar && chance.is(0.1) ? Array<unknown>(300).fill(items[at]) : items;
  }
  return chance.pick(NASTY)();
}

const LABELS = [
  ...['', '%', '%zz', '%E0%A4%A', '%00', '%2F', '..', '%2e%2e', '?', '#', '\u00e9', '%ED%A0%80'],
  ...['__proto__', 'constructor', 'a'.repeat(1000), 'a'.repeat(100_000), '%41'.repeat(100_000)],
] as const;

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE'] as const;

const TYPES = [
  ...['text/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
  ...['application/json; charset=utf-16', 'application/jsonx', ';;;', ''],
] as const;

const CREDENTIALS = [
  ...['', 'Credential=', 'Credential='.repeat(500), 'Credential=a/1/b/iotdata/aws4_request'],
  ...['Credential=a/1/b/greengrass/aws4_request', 'Basic YTpi', 'a'.repeat(10_000)],
] as const;

/** Bytes of JSON with some of them changed, cut off, or put twice. */
function garble(body: unknown, chance: Chance): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body ?? {}));
  const at = chance.below(bytes.byteLength + 1);
  if (chance.is(0.3)) return bytes.subarray(0, at);
  if (chance.is(0.3)) return Buffer.concat([bytes, bytes.subarray(at)]);
  for (let i = 0; i < 3; i += 1) bytes[chance.below(bytes.byteLength)] = chance.below(256);
  return bytes;
}

function spoilBody(request: MutatedRequest, chance: Chance): void {
  if (!Buffer.isBuffer(request.body)) request.body = spoil(request.body ?? {}, chance);
}

const MUTATIONS: readonly [
  (request: MutatedRequest, chance: Chance) => void,
  ...((request: MutatedRequest, chance: Chance) => void)[],
] = [
  spoilBody,
  spoilBody,
  spoilBody,
  (request, chance) => (request.body = garble(request.body, chance)),
  (request, chance) => {
    request.path[chance.below(request.path.length)] = new Raw(chance.pick(LABELS));
  },
  (request, chance) => {
    request.path.splice(
      chance.below(request.path.length),
      chance.below(3),
      String(chance.below(9)),
    );
  },
  (request, chance) => {
    const names = [
      'maxResults',
      'nextToken',
      'targetArn',
      'tagKeys',
      'runtime',
      '__proto__',
    ] as const;
    request.query.push([chance.pick(names), String(chance.pick(NASTY)())]);
  },
  (request, chance) => (request.method = chance.pick(METHODS)),
  (request, chance) => (request.headers['content-type'] = chance.pick(TYPES)),
  (request, chance) => (request.headers['authorization'] = chance.pick(CREDENTIALS)),
];

/** A request with some things wrong, or none. */
export function mutate(request: FuzzRequest, chance: Chance): MutatedRequest {
  const mutated: MutatedRequest = { ...request };
  while (chance.is(0.6)) chance.pick(MUTATIONS)(mutated, chance);
  return mutated;
}
