import { RE2JS } from 're2js';

/** What a device is, or what a manifest asks for, by attribute: `os`, `architecture` and whatever else. */
export type PlatformAttributes = Readonly<Record<string, string | undefined>>;

/** Recipes of a fleet have a handful. */
const MOST_KEPT = 1000;
const compiled = new Map<string, RE2JS>();

/**
 * The regular expression of a recipe. RE2 takes what Java has, but for looking around and back, and never takes longer than
 * the text is long; throws where it can't read one.
 */
export function platformExpression(value: string): RE2JS {
  const known = compiled.get(value);
  if (known) return known;
  if (compiled.size === MOST_KEPT) compiled.clear();
  const expression = RE2JS.compile(value.slice(1, -1));
  compiled.set(value, expression);
  return expression;
}

export const isExpression = (value: string): boolean =>
  value.length > 2 && value.startsWith('/') && value.endsWith('/');

/** Documented: developer guide, "Component recipe reference": a value, `*` for any, or a regular expression in slashes. */
function meets(wanted: string, actual: string | undefined): boolean {
  if (wanted === '*') return true;
  if (actual === undefined) return false;
  return isExpression(wanted) ? platformExpression(wanted).matches(actual) : wanted === actual;
}

/** Whether a device with these attributes meets all that a manifest's platform asks for, attributes of one's own included. */
export const meetsPlatform = (wanted: PlatformAttributes, actual: PlatformAttributes): boolean =>
  Object.entries(wanted).every(([key, value]) => value === undefined || meets(value, actual[key]));
