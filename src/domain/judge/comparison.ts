import * as z from 'zod';
import { evidenceFromLn } from './evidence.js';

/** What one look saw happen beside each other: to devices with the release, and to those that have yet to get it. */
export const ComparedLook = z.strictObject({
  /** Devices with the release that could fail since the look before, and how many of them did. */
  canaries: z.number(),
  canariesFailed: z.number(),
  /** The same of the devices without it. */
  controls: z.number(),
  controlsFailed: z.number(),
});
export type ComparedLook = z.infer<typeof ComparedLook>;

/** Guesses of how many times as often canaries fail: 2, 4, ... 256. */
const lnGuesses = Array.from({ length: 8 }, (_, i) => (i + 1) * Math.LN2);

/** ln of the sum of numbers given by their logs. */
function lnSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, ln) => sum + Math.exp(ln - most), 0));
}

/** ln of the ways in which `failed` devices can be so many canaries, up to a factor that is the same for all; from the fewest on. */
function lnWays({ canaries, controls }: ComparedLook, failed: number): number[] {
  const fewest = Math.max(0, failed - controls);
  const most = Math.min(canaries, failed);
  const ways = [0];
  for (let k = fewest; k < most; k += 1) {
    const ratio = ((canaries - k) * (failed - k)) / ((k + 1) * (controls - failed + k + 1));
    ways.push((ways.at(-1) ?? 0) + Math.log(ratio));
  }
  return ways;
}

/** ln of the likelihood ratio of each guess against canaries that fail no more often than the others. */
function lnRatios(look: ComparedLook): number[] {
  const { canariesFailed, controls, controlsFailed } = look;
  const failed = canariesFailed + controlsFailed;
  const ways = lnWays(look, failed);
  const fewest = Math.max(0, failed - controls);
  const all = lnSum(ways);
  return lnGuesses.map((lnGuess) => {
    const guessed = ways.map((ln, i) => ln + (fewest + i) * lnGuess);
    return canariesFailed * lnGuess + all - lnSum(guessed);
  });
}

/**
 * How strongly failures, as they come, say that canaries fail more often than devices without the release, whatever the
 * failure rate of the time is: what happens to all of them alike says nothing. Given how many have failed since the last look,
 * each is a canary with a chance that follows from the numbers alone, while canaries are at no more risk than the others. So
 * each look multiplies the evidence by 1 in expectation at most, and it ever reaches 1/alpha with a probability of at most alpha
 * (Ville, 1939; the safe log-rank test of Grünwald, Ly, Pérez-Ortiz and ter Schure, 2021). Unlike blocks of canaries and
 * controls that are watched to the end of a window it needs no window: it counts a failure when it is seen. Told of one look after
 * the other, it answers the evidence so far.
 */
export function comparison(): (look: ComparedLook) => number {
  const lnScores = lnGuesses.map(() => 0);
  return (look) => {
    lnRatios(look).forEach((ln, i) => {
      lnScores[i] = (lnScores[i] ?? 0) + ln;
    });
    return evidenceFromLn(lnSum(lnScores) - Math.log(lnScores.length));
  };
}

/** The evidence after all of these looks; 1 before the first. */
export function comparisonEvidence(looks: readonly ComparedLook[]): number {
  const evidenceAfter = comparison();
  return looks.reduce((_, look) => evidenceAfter(look), 1);
}
