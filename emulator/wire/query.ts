const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** The values of a query string by name, in their order; undefined if it isn't percent-encoded UTF-8. */
export function parseQuery(query: string): ReadonlyMap<string, readonly string[]> | undefined {
  const found = new Map<string, string[]>();
  try {
    for (const pair of query.split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
      const values = found.get(name) ?? [];
      values.push(equals < 0 ? '' : decoded(pair.slice(equals + 1)));
      found.set(name, values);
    }
    return found;
  } catch {
    return undefined;
  }
}
