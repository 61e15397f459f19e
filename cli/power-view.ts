import type { RolloutFile } from '../src/domain/rollout-file.js';
import { mostComputed, shownRates, strategyPower } from '../src/domain/strategy-power.js';
import type { Fleet, WavePower } from '../src/domain/strategy-power.js';
import type { Wave } from '../src/domain/wave.js';
import { table } from './output.js';

/** A chance as a person reads it: never 0 or 100 % where it isn't. */
export function chanceText(chance: number): string {
  if (chance > 0 && chance < 0.0005) return '< 0.1 %';
  if (chance < 1 && chance >= 0.9995) return '> 99.9 %';
  const percent = chance * 100;
  return `${percent < 10 || percent > 99 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

const rateText = (rate: number) => `${Number((rate * 100).toPrecision(2))} %`;

const columns = shownRates.map(rateText);

/** How many times the limit a wave may take a release to fail and still count as large enough. */
const tooSmall = 2;

function smallLine({ wave, devices, showsFrom }: WavePower, limit: number): string[] {
  const name = `${wave}: ${devices} ${devices === 1 ? 'device' : 'devices'}`;
  if (showsFrom === undefined) return [`${name} can't show any failure rate`];
  return showsFrom <= tooSmall * limit
    ? []
    : [`${name} can't show a failure rate under ${rateText(showsFrom)}`];
}

const isLeftOut = ({ size }: Wave) => size > mostComputed;

/** What the waves of a plan would make of releases with such failure rates, in tables. */
export function powerLines(file: RolloutFile, fleet: Fleet): string[] {
  const power = strategyPower(file.strategy, fleet);
  const row = ({ wave, devices }: WavePower, cells: (string | undefined)[]) => [
    wave,
    devices,
    ...cells,
  ];
  const passes = power.map((wave) =>
    row(
      wave,
      wave.prospects.map(({ passes: chance }) => chanceText(chance)),
    ),
  );
  const hit = power.map((wave) =>
    row(
      wave,
      wave.prospects.map(({ aborts, devicesHit }) =>
        devicesHit === undefined ? undefined : `${Math.ceil(devicesHit)} (${chanceText(aborts)})`,
      ),
    ),
  );
  return [
    'gets past the wave:',
    ...table(['wave', 'devices', ...columns], passes),
    'devices that have it when it is aborted, if it is (how likely by then):',
    ...table(['wave', 'devices', ...columns], hit),
    ...power.flatMap((wave) => smallLine(wave, file.strategy.health.maxFailurePercent / 100)),
    ...fleet.waves
      .filter(isLeftOut)
      .map(({ name, size }) => `${name}: ${size} devices are too many to compute it here`),
  ];
}
