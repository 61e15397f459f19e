import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { claimsOf } from '../../bench/judge/claims.js';
import { filled, pagesOf, PAGE, RESULTS } from '../../bench/judge/report/pages.js';
import { Results } from '../../bench/judge/results.js';

const results = Results.parse(JSON.parse(readFileSync(RESULTS, 'utf8')));
const pages = Object.entries(await pagesOf(results, readFileSync(PAGE, 'utf8')));

test.each(pages)('%s is what follows from the results', (path, content) => {
  expect(readFileSync(path, 'utf8')).toBe(content);
});

test('what is wanted of the judge follows from the tables', () => {
  expect(claimsOf(results.rows)).toEqual(results.claims);
});

test('a part that the bench does not know is told', () => {
  expect(() => filled('<!-- bench: weather -->\n\n<!-- /bench -->', {})).toThrow(
    'docs/judge.md: the bench has no part weather',
  );
});
