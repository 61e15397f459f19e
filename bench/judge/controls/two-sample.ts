/** What a canary may do worse than its controls: fail at up to `ratio` times their rate, plus `difference`. */
export interface Tolerance {
  readonly ratio: number;
  readonly difference: number;
}

/** Failure rates of the controls and of the canary, over 0 and under 1. */
export interface Rates {
  readonly control: number;
  readonly canary: number;
}

/** One canary and its controls, watched over the same time by the same definition of failure. */
export interface Block {
  readonly hasFailed: boolean;
  readonly controls: number;
  readonly controlsFailed: number;
}

/** Halvings of an interval of at most 1: to 1e-18, where doubles end. */
const halvings = 60;

/**
 * The tolerated rates that are closest to a guess, in the Kullback-Leibler divergence of a block: where, of all that is tolerated,
 * the guess is hardest to tell from. Undefined where the guess itself is tolerated.
 */
export function closestTolerated(
  { control, canary }: Rates,
  controls: number,
  { ratio, difference }: Tolerance,
): Rates | undefined {
  if (canary <= ratio * control + difference) return undefined;
  if (ratio === 1 && difference === 0) {
    const pooled = (controls * control + canary) / (controls + 1);
    return { control: pooled, canary: pooled };
  }
  const slope = (a: number) => {
    const b = ratio * a + difference;
    const ofControls = control / a - (1 - control) / (1 - a);
    return controls * ofControls + ratio * (canary / b - (1 - canary) / (1 - b));
  };
  let low = 0;
  let high = Math.min(1, (1 - difference) / ratio);
  for (let step = 0; step < halvings; step += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  const closest = (low + high) / 2;
  return { control: closest, canary: ratio * closest + difference };
}

/** ln of how much better one block fits a guess than the closest tolerated rates. */
export function lnBlockEvidence(
  { hasFailed, controls, controlsFailed }: Block,
  guess: Rates,
  closest: Rates,
): number {
  const bad = (rates: Rates, of: keyof Rates) => Math.log(rates[of]);
  const good = (rates: Rates, of: keyof Rates) => Math.log1p(-rates[of]);
  const ofCanary = hasFailed ? bad : good;
  return (
    ofCanary(guess, 'canary') -
    ofCanary(closest, 'canary') +
    controlsFailed * (bad(guess, 'control') - bad(closest, 'control')) +
    (controls - controlsFailed) * (good(guess, 'control') - good(closest, 'control'))
  );
}
