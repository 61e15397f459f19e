import type { Random } from '../random.js';
import { ourVariants, shipped } from '../our-judge.js';
import { named } from '../study.js';
import type { Study } from '../study.js';
import { judgedByOurs } from './judged.js';

const RATE = 0.04;
const SITES = 100;
const DEVICES_OF_SITE = 10;
const PLAN = shipped({ limit: 0.05, planned: SITES * DEVICES_OF_SITE, waves: 1 });

/**
 * Who fails at one site, with this correlation between any two of its devices: each device fails as often as those before it
 * at the site make it likely (Polya's urn), which is a beta-binomial.
 */
function drawSite(random: Random, correlation: number): boolean[] {
  const strength = 1 / correlation - 1;
  const fails: boolean[] = [];
  let failed = 0;
  for (let i = 0; i < DEVICES_OF_SITE; i += 1) {
    const isFailure = random() < (strength * RATE + failed) / (strength + i);
    if (isFailure) failed += 1;
    fails.push(isFailure);
  }
  return fails;
}

const shuffled = (random: Random, values: readonly boolean[]) =>
  values
    .map((value) => ({ value, key: random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ value }) => value);

/** Between any two devices of a site. */
const CORRELATIONS = ['0.3', '0.6'];

/** In which order the devices start. */
const ORDERS: Readonly<Record<string, (random: Random, sites: readonly boolean[][]) => boolean[]>> =
  {
    'site by site': (_, sites) => sites.flat(),
    random: (random, sites) => shuffled(random, sites.flat()),
    'in turn': (_, sites) =>
      Array.from({ length: DEVICES_OF_SITE }, (_, i) =>
        sites.map((site) => site[i] ?? false),
      ).flat(),
  };

/** Devices of one site fail together, and the mean is within the limit: an order by sites deceives every judge. */
export const sitesStudy: Study = {
  table: 'sites',
  judges: ourVariants(PLAN),
  scenarios: CORRELATIONS.flatMap((setting) =>
    Object.keys(ORDERS).map((column) => ({ setting, column })),
  ),
  times: () => 20,
  run({ setting = '', column }, random) {
    const sites = Array.from({ length: SITES }, () => drawSite(random, Number(setting)));
    const fails = named(ORDERS, column)(random, sites);
    return judgedByOurs(PLAN, { fails, waveStarts: [] });
  },
};
