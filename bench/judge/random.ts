import { draw } from '../../emulator/fleet/random.js';

/** A stream of numbers in [0, 1); each call gives the next. */
export type Random = () => number;

/**
 * A stream that depends on nothing but the seed and its name, by the generator sfc32 (Doty-Humphrey's small fast
 * counter): so a run is the same whatever was run before it, and in which process.
 */
export function randomStream(seed: number, ...name: readonly (string | number)[]): Random {
  const word = (part: string) => Math.floor(draw(seed, ...name, part) * 2 ** 32) | 0;
  let [a, b, c, counter] = [word('a'), word('b'), word('c'), 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** A draw from the standard normal, by Box and Muller; the other one of the pair is not used. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
