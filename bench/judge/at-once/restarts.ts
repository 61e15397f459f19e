import { ourVariants, shipped } from '../our-judge.js';
import { named } from '../study.js';
import type { Study } from '../study.js';
import { judgedByOurs } from './judged.js';

const DEVICES = 1000;
const PLAN = shipped({ limit: 0.05, planned: DEVICES, waves: 1 });

/** The failure rates of the exact table. */
export const RATES: Readonly<Record<string, number>> = {
  '2 %': 0.02,
  '5 %': 0.05,
  '10 %': 0.1,
  '20 %': 0.2,
  '50 %': 0.5,
  '100 %': 1,
};

/** What restarts cost in the wave of the exact table: they have no use there, as nothing changes on the way. */
export const restartsStudy: Study = {
  table: 'restarts',
  judges: ourVariants(PLAN),
  scenarios: Object.keys(RATES).map((column) => ({ column })),
  times: () => 20,
  run({ column }, random) {
    const rate = named(RATES, column);
    const fails = Array.from({ length: DEVICES }, () => random() < rate);
    const wave = { fails, waveStarts: [] };
    return judgedByOurs(PLAN, wave);
  },
};
