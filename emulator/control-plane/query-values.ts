/** Whether one value of a field fits. */
export type ValueTest = (value: string) => boolean;

const unescaped = (text: string) => text.replace(/\\(.)/g, '$1');

/** Documented: AWS IoT developer guide, "Query syntax": a search doesn't look at the case. */
const folded = (text: string) => text.toLowerCase();

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));

/** Negative, 0 or positive: as numbers if both are, else as text. */
function compare(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  const [x, y] = [folded(a), folded(b)];
  return x < y ? -1 : Number(x > y);
}

/** The value itself or, where they count, what its wildcards `*` and `?` stand for. */
export function equals(wanted: string, hasWildcards: boolean): ValueTest {
  if (hasWildcards && /(?<!\\)[*?]/.test(wanted)) {
    const source = wanted.replace(/\\(.)|([*?])|([^\w])/g, (_, escaped, wildcard, other) => {
      if (typeof wildcard === 'string') return wildcard === '*' ? '.*' : '.';
      return String(escaped ?? other).replace(/[^\w]/g, '\\$&');
    });
    const pattern = new RegExp(`^${source}$`, 'is');
    return (value) => pattern.test(value);
  }
  const text = folded(unescaped(wanted));
  return (value) => folded(value) === text;
}

/** A value above or below a bound. */
export function from(operator: string, bound: string): ValueTest {
  const limit = unescaped(bound);
  return (value) => {
    const difference = compare(value, limit);
    if (difference === 0) return operator.endsWith('=');
    return operator.startsWith('>') ? difference > 0 : difference < 0;
  };
}

/** A value between two bounds; `*` is no bound. */
export function within(low: string, high: string, hasLow: boolean, hasHigh: boolean): ValueTest {
  const isAbove = low === '*' ? () => true : from(hasLow ? '>=' : '>', low);
  const isBelow = high === '*' ? () => true : from(hasHigh ? '<=' : '<', high);
  return (value) => isAbove(value) && isBelow(value);
}
