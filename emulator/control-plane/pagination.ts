import * as z from 'zod';
import { invalidField, invalidRequest, type ApiError } from '../errors.js';

const Cursor = z.tuple([z.int().min(0), z.string()]);

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

function readToken(token: string): z.infer<typeof Cursor> | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const [, index = '', key = ''] = /^(\d+)\/(.*)$/s.exec(text) ?? [];
  return Cursor.safeParse([Number(index || NaN), key]).data;
}

/** Where a page begins: behind the item that the token names, wherever that is by now. */
function placeBehind<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  [index, key]: z.infer<typeof Cursor>,
): number {
  const last = items[index - 1];
  const isThere = last !== undefined && keyOf(last) === key;
  const found = isThere ? index - 1 : items.findIndex((item) => keyOf(item) === key);
  return found < 0 ? Math.max(0, index - 1) : found + 1;
}

/**
 * One page of those items of a list that are wanted, and the token of the next. The token names the last item that was
 * given, so that what comes and goes between two calls neither hides nor repeats another item.
 */
export function page<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { maxResults, nextToken }: PageRequest,
  { size, invalid }: { size: number; invalid: (message: string) => ApiError },
  isWanted: (item: T) => boolean = () => true,
): { items: T[]; nextToken: string | undefined } {
  const cursor = nextToken === undefined ? undefined : readToken(nextToken);
  if (nextToken !== undefined && !cursor)
    throw invalid('The nextToken is not one that this operation gave');
  const given: T[] = [];
  let token: string | undefined;
  for (let index = cursor ? placeBehind(items, keyOf, cursor) : 0; ; index += 1) {
    const item = items[index];
    if (item === undefined) return { items: given, nextToken: undefined };
    if (!isWanted(item)) continue;
    if (given.length === (maxResults ?? size)) break;
    given.push(item);
    token = `${index + 1}/${keyOf(item)}`;
  }
  return { items: given, nextToken: token && Buffer.from(token).toString('base64url') };
}

// Documented: API model, ListDeployments.maxResults: 50 by default. Assumed: so is every Greengrass list.
export const greengrassPages = {
  size: 50,
  invalid: (message: string) => invalidField('nextToken', message),
};

// Assumed: the default page of the registry is 25, that of jobs the most that one may ask for.
export const registryPages = { size: 25, invalid: invalidRequest };
export const jobPages = { size: 250, invalid: invalidRequest };
export const shadowPages = { size: 25, invalid: invalidRequest };
export const searchPages = { size: 100, invalid: invalidRequest };
