import { ourVariants, shipped } from '../our-judge.js';
import { named } from '../study.js';
import type { Study } from '../study.js';
import { judgedByOurs } from './judged.js';

const GOOD = 0.02;
const WAVE_STARTS = [10, 50, 200, 1000];
const DEVICES_AFTER = 1500;
const PLAN = shipped({ limit: 0.05, planned: 10_000, waves: WAVE_STARTS.length + 1 });

/** How many good devices come first, and how many of those behind them fail. */
const CHANGES: Readonly<Record<string, { readonly after: number; readonly rate: number }>> =
  Object.fromEntries(
    [0, 200, 1000, 5000].flatMap((after) =>
      [0.05, 0.1, 0.2, 0.5, 1]
        .filter((rate) => after === 0 || rate === 0.2 || rate === 0.5)
        .map((rate) => [`${after}, ${rate * 100} %`, { after, rate }]),
    ),
  );

/** Table A4: what restarts are for. Counts the devices that fail after the change. */
export const lateChangeStudy: Study = {
  table: 'late change',
  judges: ourVariants(PLAN),
  scenarios: Object.keys(CHANGES).map((column) => ({ column })),
  times: () => 3,
  run({ column }, random) {
    const { after, rate } = named(CHANGES, column);
    const fails = Array.from(
      { length: after + DEVICES_AFTER },
      (_, place) => random() < (place < after ? GOOD : rate),
    );
    const rollout = { fails, waveStarts: WAVE_STARTS, countedAfter: after };
    return judgedByOurs(PLAN, rollout);
  },
};
