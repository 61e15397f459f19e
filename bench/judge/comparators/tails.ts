import { lnLowerBeta, lnUpperBeta } from '../../../src/domain/judge/incomplete-beta.js';

/** How probable k failures or more are among n devices that each fail at the rate p, exactly. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  const lower = lnLowerBeta(k, n - k + 1, p);
  const upper = lnUpperBeta(k, n - k + 1, p);
  return 1 / (1 + Math.exp(upper - lower));
}

/** How probable a standard normal is to exceed z >= 0: Simpson's rule, to 12 digits. */
export function normalTail(z: number): number {
  const steps = 2000;
  const width = 10 / steps;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const sum = Array.from(
    { length: steps - 1 },
    (_, i) => (i % 2 === 0 ? 4 : 2) * density(z + (i + 1) * width),
  );
  return ((density(z) + sum.reduce((a, b) => a + b, 0) + density(z + 10)) * width) / 3;
}

/** The z that a standard normal exceeds with this probability, at most 1/2. */
export function normalQuantile(tail: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * O'Brien and Fleming's bounds at the last of 5 and of 10 evenly spaced looks, for an error of 5 % on one side (Jennison and
 * Turnbull, Group Sequential Methods, 2000, table 2.3); at look i of K they are larger by the root of K / i.
 */
export const OBRIEN_FLEMING = { 5: 1.751, 10: 1.801 } as const;
