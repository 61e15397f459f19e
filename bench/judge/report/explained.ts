import { evidenceFromLn, lnAbortEvidence } from '../../../src/domain/judge/evidence.js';
import { promoteEvidence } from '../../../src/domain/judge/promote-evidence.js';
import { ALPHA } from '../origin.js';
import { ourBoundary } from '../one-wave/judges.js';
import type { View } from './views.js';

type Table = Pick<View, 'head' | 'rows'>;

const LIMIT = 0.05;
const BELIEVED = 0.2;
const LIMITS = [0.01, 0.02, 0.05, 0.1, 0.2];
const MOST_FAILURES = 8;
const DEVICES = 400;

const percent = (rate: number) => `${Math.round(rate * 100)} %`;

/** One device after the other: what somebody who believes in 20 % has, and the evidence. */
export function exampleTable(): Table {
  const outcomes = [false, false, true, false, true, false, false, true];
  const rows = outcomes.map((_, i) => {
    const n = i + 1;
    const k = outcomes.slice(0, n).filter(Boolean).length;
    const coins = (BELIEVED / LIMIT) ** k * ((1 - BELIEVED) / (1 - LIMIT)) ** (n - k);
    const evidence = evidenceFromLn(lnAbortEvidence(k, n, LIMIT));
    return [n, outcomes[i] ? 'fails' : 'succeeds', coins.toFixed(2), evidence.toFixed(2)].map(
      String,
    );
  });
  return {
    head: ['device', 'it', `coins of who believes in ${percent(BELIEVED)}`, 'evidence'],
    rows,
  };
}

/** Among how many of the first devices so many failures abort. */
export function failuresTable(): Table {
  const failures = Array.from({ length: MOST_FAILURES - 1 }, (_, i) => i + 2);
  const rows = LIMITS.map((limit) => {
    const { abortAt } = ourBoundary(limit, DEVICES);
    const most = failures.map((k) => abortAt.findLastIndex((fewest) => fewest <= k) + 1);
    return [percent(limit), ...most.map((devices) => (devices === 0 ? 'never' : String(devices)))];
  });
  return { head: ['limit', ...failures.map((k) => `${k} failures`)], rows };
}

/** How many devices prove a rate below the limit, with so many failures among them. */
export function proofTable(): Table {
  const rows = LIMITS.map((limit) => [
    percent(limit),
    ...[0, 1, 2, 3].map((failed) => {
      const answers = { failed, answered: failed, pending: 0, limit, risk: ALPHA };
      return `${failed + (promoteEvidence(answers).cleanDevicesNeeded ?? NaN)}`;
    }),
  ]);
  return { head: ['limit', 'no failure', '1', '2', '3'], rows };
}
