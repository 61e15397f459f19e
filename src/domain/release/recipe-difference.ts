import * as z from 'zod';

const Fields = z.record(z.string(), z.unknown());
const List = z.array(z.unknown());

/** The service itself writes these into what it keeps. */
const ADDED = /^(digest|algorithm)$/i;
/** A message shows so many places. */
const MOST = 10;

function leaves(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  const list = List.safeParse(value);
  const fields = list.success ? undefined : Fields.safeParse(value);
  if (list.success) list.data.forEach((item, i) => leaves(item, `${path}[${i}]`, into));
  else if (fields?.success)
    for (const [key, member] of Object.entries(fields.data)) {
      if (!(/Artifacts\[\d+\]$/i.test(path) && ADDED.test(key)))
        leaves(member, path === '' ? key : `${path}.${key}`, into);
    }
  else into.set(path, JSON.stringify(value) ?? 'null');
  return into;
}

/** Where two recipes differ, a line for each place, at most 10; empty where they say the same. */
export function recipeDifference(kept: unknown, wanted: unknown): string[] {
  const [before, after] = [leaves(kept, '', new Map()), leaves(wanted, '', new Map())];
  const places = [...new Set([...before.keys(), ...after.keys()])];
  const lines = places
    .filter((place) => before.get(place) !== after.get(place))
    .map(
      (place) =>
        `${place}: there ${before.get(place) ?? 'missing'}, here ${after.get(place) ?? 'missing'}`,
    );
  const more = lines.length - MOST;
  return more > 0 ? [...lines.slice(0, MOST), `and ${more} more`] : lines;
}

/** Whether a recipe is of a component that was made from this version of a Lambda function: it names the ARN somewhere. */
export const isMadeOf = (recipe: unknown, lambdaArn: string): boolean =>
  [...leaves(recipe, '', new Map()).values()].includes(JSON.stringify(lambdaArn));
