import { named } from '../study.js';
import type { Ended, Study } from '../study.js';
import { Delays, rolloutHistory } from './history.js';
import type { RolloutEvent, Truth } from './history.js';
import { ROLLOUT_JUDGES } from './judges.js';
import type { RolloutWatch, Seen } from './judges.js';

const constant =
  (rate: number): Truth =>
  () =>
    rate;

const AT_THE_LIMIT = '5 %';

/** What the release is like: one failure rate for all devices, or a fault that only later devices have. */
const TRUTHS: Readonly<Record<string, Truth>> = {
  '2 %': constant(0.02),
  [AT_THE_LIMIT]: constant(0.05),
  '10 %': constant(0.1),
  '20 %': constant(0.2),
  '50 %': constant(0.5),
  '100 %': constant(1),
  '2 %, then 30 %': (place) => (place < 200 ? 0.02 : 0.3),
};

/** Keeps count of what can be known. */
function counting() {
  let seen = { exposed: 0, answered: 0, failed: 0, failedOfWave: 0, devicesOfWave: 0 };
  let present = 0;
  return (event: RolloutEvent): Seen => {
    switch (event.kind) {
      case 'wave':
        present = event.wave;
        seen = { ...seen, failedOfWave: 0, devicesOfWave: event.devices };
        break;
      case 'exposed':
        seen.exposed = event.rank;
        break;
      case 'answered':
        seen.answered += 1;
        if (event.fails) seen.failed += 1;
        if (event.fails && event.wave === present) seen.failedOfWave += 1;
    }
    return seen;
  };
}

/** The whole rollout under each judge until it aborts; a device that was exposed and fails is broken, reported or not. */
function judged(events: readonly RolloutEvent[]): Record<string, Ended> {
  const see = counting();
  const ended: Record<string, Ended> = {};
  let running: [string, RolloutWatch][] = ROLLOUT_JUDGES.map(({ name, watch }) => [name, watch()]);
  let failed = 0;
  for (const event of events) {
    const seen = see(event);
    if (event.kind === 'exposed' && event.fails) failed += 1;
    running = running.filter(([name, aborts]) => {
      const isOver = aborts(event, seen);
      if (isOver) ended[name] = { aborted: true, failed };
      return !isOver;
    });
    if (running.length === 0) break;
  }
  for (const [name] of running) ended[name] = { aborted: false, failed };
  return ended;
}

/** Table B: whole rollouts in which answers take time. */
export const rolloutStudy: Study = {
  table: 'rollouts',
  judges: ROLLOUT_JUDGES,
  scenarios: Delays.options.flatMap((setting) =>
    Object.keys(TRUTHS).map((column) => ({ setting, column })),
  ),
  times: ({ column }) => (column === AT_THE_LIMIT ? 3 : 1),
  run({ setting, column }, random) {
    const delays = Delays.parse(setting);
    return judged(rolloutHistory(random, delays, named(TRUTHS, column)));
  },
};
