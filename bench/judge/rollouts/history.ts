import * as z from 'zod';
import { normal } from '../random.js';
import type { Random } from '../random.js';

/** Sizes of the waves, cumulative. */
export const WAVES = [10, 50, 200, 1000, 10_000] as const;

/** How long a failure takes to be reported, against a success. */
export const Delays = z.enum(['same', 'fastfail', 'slowfail', 'silent']);
export type Delays = z.infer<typeof Delays>;

/** The failure rate of each device by its place in the fleet, from 0. */
export type Truth = (place: number) => number;

export type RolloutEvent =
  | { readonly kind: 'wave'; readonly wave: number; readonly devices: number }
  | { readonly kind: 'exposed'; readonly rank: number; readonly fails: boolean }
  | {
      readonly kind: 'answered';
      readonly rank: number;
      readonly wave: number;
      readonly fails: boolean;
    };

const OFFLINE = 0.1;
const ADMISSION_MINUTES = 20;
const DEADLINE_MINUTES = 30;
const ANSWERED_SHARE = 0.95;

const logNormal = (random: Random, median: number, sigma: number) =>
  median * Math.exp(sigma * normal(random));

/** Minutes from the start of a success to its report. */
const successDelay = (random: Random) => logNormal(random, 5, 0.5);

const FAILURE_DELAY: Readonly<Record<Delays, (random: Random) => number>> = {
  same: successDelay,
  fastfail: (random) => logNormal(random, 0.7, 0.5),
  slowfail: (random) => logNormal(random, 20, 0.4),
  silent: (random) => (random() < 0.5 ? Infinity : successDelay(random)),
};

interface Device {
  readonly rank: number;
  readonly wave: number;
  readonly exposedAt: number;
  readonly answersAt: number;
  readonly fails: boolean;
}

/** A device without an answer at the deadline has failed, also one that would have succeeded later. */
function startDevice(random: Random, delays: Delays, rate: number) {
  const breaks = random() < rate;
  const delay = breaks ? FAILURE_DELAY[delays](random) : successDelay(random);
  const isLate = delay > DEADLINE_MINUTES;
  return { delay: Math.min(delay, DEADLINE_MINUTES), fails: breaks || isLate };
}

/** When so many of the wave have answered that the next one may begin: 95 % of them, and all are exposed. */
function endOfWave(devices: readonly Device[], begin: number): number {
  const answers = devices.map(({ answersAt }) => answersAt).sort((a, b) => a - b);
  const last = answers[Math.ceil(ANSWERED_SHARE * answers.length) - 1];
  return Math.max(begin, last ?? begin, devices.at(-1)?.exposedAt ?? begin);
}

/**
 * One rollout to 10,000 devices, of which 10 % are offline and never exposed. The online devices of a wave are exposed
 * evenly over 20 minutes. Answers that come after the last wave has ended are left out.
 */
export function rolloutHistory(random: Random, delays: Delays, truth: Truth): RolloutEvent[] {
  const timed: { at: number; event: RolloutEvent }[] = [];
  let [begin, place, exposed] = [0, 0, 0];
  WAVES.forEach((size, wave) => {
    const places = Array.from({ length: size - place }, (_, i) => place + i);
    const online = places.filter(() => random() >= OFFLINE);
    timed.push({ at: begin, event: { kind: 'wave', wave, devices: places.length } });
    const devices = online.map((ofFleet, i): Device => {
      const { delay, fails } = startDevice(random, delays, truth(ofFleet));
      const exposedAt = begin + (ADMISSION_MINUTES * i) / online.length;
      return { rank: exposed + i + 1, wave, exposedAt, answersAt: exposedAt + delay, fails };
    });
    for (const { rank, fails, exposedAt, answersAt } of devices) {
      timed.push({ at: exposedAt, event: { kind: 'exposed', rank, fails } });
      timed.push({ at: answersAt, event: { kind: 'answered', rank, wave, fails } });
    }
    begin = endOfWave(devices, begin);
    place = size;
    exposed += devices.length;
  });
  // Sorting keeps the order of what happens at the same time.
  return timed
    .filter(({ at }) => at <= begin)
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}
