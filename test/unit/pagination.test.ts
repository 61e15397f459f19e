import { expect, test } from '@jest/globals';
import { greengrassPages, page } from '../../emulator/control-plane/pagination.js';
import { ListedMap } from '../../emulator/control-plane/listed-map.js';

/** Goes through all pages; `between` runs before each but the first. */
function read(
  list: () => readonly string[],
  size: number,
  isWanted?: (item: string) => boolean,
  between = () => {},
) {
  const pages: string[][] = [];
  let nextToken: string | undefined;
  do {
    if (pages.length > 0) between();
    const request = { maxResults: size, nextToken };
    const { items, nextToken: next } = page(
      list(),
      (item) => item,
      request,
      greengrassPages,
      isWanted,
    );
    pages.push(items);
    nextToken = next;
  } while (nextToken !== undefined);
  return pages;
}

const letters = [...'abcdefg'];

test('pages come one after the other, and the last has no token', () => {
  expect(read(() => letters, 3)).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]);
  expect(read(() => letters, 7)).toEqual([letters]);
  expect(read(() => [], 7)).toEqual([[]]);
});

test('what isn’t wanted takes no place on a page, and makes no page of its own', () => {
  const isVowel = (letter: string) => 'aeiou'.includes(letter);
  expect(read(() => letters, 1, isVowel)).toEqual([['a'], ['e']]);
  expect(read(() => letters, 3, isVowel)).toEqual([['a', 'e']]);
});

test('what comes and goes between two pages neither hides nor repeats another item', () => {
  const items = new ListedMap<string, string>();
  for (const letter of letters) items.set(letter, letter);
  const change = () => {
    items.delete('a');
    items.set('z', 'z');
  };
  expect(read(() => items.list(), 3, undefined, change)).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e', 'f'],
    ['g', 'z'],
  ]);
});

test('a page goes on where the last item was, though that one is gone', () => {
  const items = new ListedMap<string, string>();
  for (const letter of letters) items.set(letter, letter);
  expect(
    read(
      () => items.list(),
      3,
      undefined,
      () => items.delete('c'),
    ),
  ).toEqual([['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]);
});

test('a listed map gives its values in their order after every change', () => {
  const items = new ListedMap<string, number>();
  expect(items.list()).toEqual([]);
  items.set('a', 1).set('b', 2);
  expect(items.list()).toEqual([1, 2]);
  items.set('a', 3);
  expect(items.list()).toEqual([3, 2]);
  items.delete('a');
  expect(items.list()).toEqual([2]);
  items.clear();
  expect(items.list()).toEqual([]);
});
