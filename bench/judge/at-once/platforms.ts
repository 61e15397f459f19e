import { platformsInOrder } from '../../../src/domain/platform-order.js';
import { ourJudge, shipped } from '../our-judge.js';
import type { OurPlan } from '../our-judge.js';
import { named } from '../study.js';
import type { Ended, Study } from '../study.js';

const DEVICES = 1000;
const USUAL = 0.01;

/** What shares of the devices the platforms have. */
const FLEETS: Readonly<Record<string, readonly number[]>> = {
  '4 : 1': [0.8, 0.2],
  '9 : 1': [0.9, 0.1],
  '5 alike': [0.2, 0.2, 0.2, 0.2, 0.2],
};

/** How many fail: of all devices, or of the last platform, and then of the others as many as usual. */
const FAULTS: Readonly<Record<string, { readonly rate: number; readonly isOfOne: boolean }>> = {
  '5 %': { rate: 0.05, isOfOne: false },
  '10 %': { rate: 0.1, isOfOne: false },
  '20 %': { rate: 0.2, isOfOne: false },
  '50 %': { rate: 0.5, isOfOne: false },
  'one, 20 %': { rate: 0.2, isOfOne: true },
  'one, 50 %': { rate: 0.5, isOfOne: true },
  'one, 100 %': { rate: 1, isOfOne: true },
};

/** Devices that answer one by one, in the order of admission. */
interface Started {
  readonly platform: string;
  readonly fails: boolean;
}

function judged(plan: OurPlan, devices: readonly Started[]): Ended {
  const judge = ourJudge(plan);
  let failed = 0;
  judge.beginWave();
  for (const { platform, fails } of devices) {
    const rank = judge.expose(platform);
    if (!fails) continue;
    failed += 1;
    if (judge.fail(rank)) return { aborted: true, failed };
  }
  return { aborted: false, failed };
}

const PLAN = shipped({ limit: 0.05, planned: DEVICES, waves: 1 });

/** Faults of one platform under our judge as it ships, and as it would be without counting by platform. */
export const platformsStudy: Study = {
  table: 'platforms',
  judges: [
    { name: 'Greenwave, all platforms as one', origin: 'variant' },
    { name: 'Greenwave', origin: 'ours' },
  ],
  scenarios: Object.keys(FLEETS).flatMap((setting) =>
    Object.keys(FAULTS).map((column) => ({ setting, column })),
  ),
  times: () => 10,
  run({ setting = '', column }, random) {
    const counts = named(FLEETS, setting).map((share, i) => ({
      platform: String(i),
      devices: Math.round(share * DEVICES),
    }));
    const { rate, isOfOne } = named(FAULTS, column);
    const platforms = counts.map(({ platform }) => platform);
    const platformAt = platformsInOrder(counts);
    const devices = Array.from({ length: DEVICES }, (_, rank): Started => {
      const platform = platformAt(rank) ?? '';
      const isUsual = isOfOne && platform !== platforms.at(-1);
      return { platform, fails: random() < (isUsual ? USUAL : rate) };
    });
    return {
      'Greenwave, all platforms as one': judged(PLAN, devices),
      Greenwave: judged({ ...PLAN, platforms }, devices),
    };
  },
};
