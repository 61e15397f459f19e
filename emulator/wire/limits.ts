/** What a value has to keep to besides its type: the SDK's schemas don't carry it. */
export interface Limit {
  /** Of a string in characters, of a list, a map or bytes. */
  readonly length?: readonly [least: number, most: number];
  readonly range?: readonly [least: number, most: number];
  /** How many digits a number may have after its decimal point. */
  readonly decimals?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

/**
 * By `Structure.member`, or by `member` alone where every structure of the service means the same.
 * `[]` behind it: the values of the list or map; `.key`: the keys of the map.
 */
export type Limits = Readonly<Record<string, Limit>>;

/** The characters of a text: a pair of surrogates is one. */
const characters = (text: string) => {
  let count = text.length;
  for (let i = 1; i < text.length; i += 1)
    if (isLow(text.charCodeAt(i)) && isHigh(text.charCodeAt(i - 1))) count -= 1;
  return count;
};
const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** Counts characters only where it matters: a text has at most as many as units of UTF-16, and at least half as many. */
function isTextOutside(text: string, [least, most]: readonly [number, number]): boolean {
  if (text.length < least || text.length > 2 * most) return true;
  if (text.length >= 2 * least && text.length <= most) return false;
  return isOutside(characters(text), [least, most]);
}

function isSizeOutside(value: unknown, bounds: readonly [number, number]): boolean {
  if (typeof value === 'string') return isTextOutside(value, bounds);
  if (Array.isArray(value)) return isOutside(value.length, bounds);
  if (value instanceof Uint8Array) return isOutside(value.byteLength, bounds);
  return (
    typeof value === 'object' && value !== null && isOutside(Object.keys(value).length, bounds)
  );
}

const span = ([least, most]: readonly [number, number]) => {
  if (most === Infinity) return `at least ${least}`;
  return least === -Infinity ? `at most ${most}` : `between ${least} and ${most}`;
};

const hasMoreDecimals = (value: number, decimals: number) =>
  Number(value.toFixed(decimals)) !== value;

function numberBreach(value: number, { range, decimals }: Limit): string | undefined {
  if (range && isOutside(value, range)) return `Member must have value ${span(range)}`;
  if (decimals === undefined || !hasMoreDecimals(value, decimals)) return undefined;
  return decimals === 0
    ? 'Member must be a whole number'
    : `Member must have at most ${decimals} digits after the decimal point`;
}

const isOutside = (value: number, [least, most]: readonly [number, number]) =>
  value < least || value > most;

function textBreach(value: string, { pattern, oneOf }: Limit): string | undefined {
  if (pattern && !pattern.test(value))
    return `Member must satisfy regular expression pattern: ${pattern.source}`;
  return oneOf && !oneOf.includes(value)
    ? `Member must satisfy enum value set: [${oneOf.join(', ')}]`
    : undefined;
}

/** What is wrong with a value, in the words of the services; undefined if nothing is. */
export function breach(value: unknown, limit: Limit): string | undefined {
  if (limit.length && isSizeOutside(value, limit.length))
    return `Member must have length ${span(limit.length)}`;
  if (typeof value === 'number') return numberBreach(value, limit);
  return typeof value === 'string' ? textBreach(value, limit) : undefined;
}

/** The limit of a structure's member: its own, else the one of all members of that name. */
export const limitOf = (limits: Limits, structure: string, member: string): Limit | undefined =>
  limits[`${structure}.${member}`] ?? limits[member];
