import { normalQuantile } from './tails.js';

/** Devices of the canary and of the control in one bucket. */
export interface BucketSize {
  readonly canaries: number;
  readonly controls: number;
}

const CONFIDENCE = 0.98;
const Z = normalQuantile((1 - CONFIDENCE) / 2);
const TOLERANCE = 0.25;
const FEWEST_BUCKETS = 5;

/** Value and number of occurrences, in ascending order of value. */
const counted = (values: ReadonlyMap<number, number>) => [...values].sort(([a], [b]) => a - b);

/** The value at a place, from 1, of the sorted list that these counts stand for. */
function placed(sorted: readonly (readonly [number, number])[], place: number): number {
  let before = 0;
  for (const [value, count] of sorted) {
    before += count;
    if (before >= place) return value;
  }
  return Infinity;
}

const addTo = (counts: Map<number, number>, value: number) =>
  void counts.set(value, (counts.get(value) ?? 0) + 1);

/**
 * The canary judge of Kayenta (`NetflixACAJudge`): the Mann-Whitney test on failure fractions of buckets, asked after every
 * bucket. High, which aborts, is a lower 98 % confidence bound for the shift between canary and control over a quarter of
 * the median shift. Fractions are counted in whole units of 1 / (canaries x controls), so that ties are exact.
 */
export function mannWhitney({ canaries, controls }: BucketSize) {
  const fractions = { canary: [] as number[], control: [] as number[] };
  const differences = new Map<number, number>();
  const ties = new Map<number, number>();
  return (failedCanaries: number, failedControls: number): boolean => {
    const canary = failedCanaries * controls;
    const control = failedControls * canaries;
    fractions.canary.push(canary);
    fractions.control.push(control);
    for (const earlier of fractions.control) addTo(differences, canary - earlier);
    for (const earlier of fractions.canary.slice(0, -1)) addTo(differences, earlier - control);
    for (const value of [canary, control]) addTo(ties, value);
    const buckets = fractions.canary.length;
    return buckets >= FEWEST_BUCKETS && isHigh(buckets, { differences, ties });
  };
}

interface Observed {
  readonly differences: ReadonlyMap<number, number>;
  readonly ties: ReadonlyMap<number, number>;
}

function isHigh(buckets: number, { differences, ties }: Observed): boolean {
  const pairs = buckets ** 2;
  const all = 2 * buckets;
  const tied = [...ties.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = (pairs / 12) * (all + 1 - tied / (all * (all - 1)));
  const place = Math.floor(pairs / 2 - Z * Math.sqrt(variance));
  if (place < 1) return false;
  const sorted = counted(differences);
  const median =
    (placed(sorted, Math.floor((pairs + 1) / 2)) + placed(sorted, Math.floor(pairs / 2) + 1)) / 2;
  return placed(sorted, place) > Math.max(0, TOLERANCE * Math.abs(median));
}
