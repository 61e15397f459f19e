import { table } from '../../../cli/output.js';
import type { Claim, Results } from '../results.js';
import { viewsOf } from './views.js';

const plain = (text: string) => text.replaceAll('**', '');

/** All tables for a terminal. */
export const tablesText = (results: Results): string =>
  viewsOf(results)
    .flatMap(({ title, note, head, rows }) => [
      title,
      note,
      ...table(
        head,
        rows.map((row) => row.map(plain)),
      ),
      '',
    ])
    .join('\n');

export const CLAIM_HEAD = ['wanted', 'found', ''];

export const claimRow = ({ claim, found, isMet }: Claim): string[] => [
  claim,
  found,
  isMet ? 'met' : 'MISSED',
];

/** What is wanted of our judge, and whether it is so. */
export const claimsText = ({ claims }: Results): string =>
  [...table(CLAIM_HEAD, claims.map(claimRow)), ''].join('\n');
