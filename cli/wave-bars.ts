import { statusOf } from '../src/domain/rollout-status.js';
import type { Rollout } from '../src/domain/rollout.js';
import { isThing } from '../src/domain/target.js';
import { bar, dateAndTime, spell } from './output.js';
import type { BarPart, Paint } from './output.js';

const WIDTH = 30;
const TARGET = 'the target';

interface Numbers {
  readonly succeeded: number;
  readonly failed: number;
  readonly pending: number;
  readonly queued: number;
}

/** What the looks at the target itself have seen; undefined before the first of them. */
export function targetNumbers({ judgement, lookAt = 0, targetPromotedAt = Infinity }: Rollout) {
  return lookAt > targetPromotedAt ? judgement?.numbers : undefined;
}

type Place = 'passed' | 'current' | 'ahead';

function placeOf(rollout: Rollout, wave: number): Place {
  if (rollout.targetPromotedAt !== undefined || wave < rollout.wave) return 'passed';
  return wave === rollout.wave ? 'current' : 'ahead';
}

const RUNNING: Readonly<Record<string, string>> = {
  Planned: 'planned',
  Running: 'rolling out',
  Baking: 'baking',
};

function stateOf(rollout: Rollout, { bakeSeconds }: { bakeSeconds: number }, place: Place) {
  if (place === 'passed') return 'passed';
  if (place === 'ahead') return `then bakes ${spell(bakeSeconds)}`;
  const state = RUNNING[rollout.phase] ?? rollout.phase.toLowerCase();
  return rollout.phase === 'Baking' && rollout.bakeEndsAt !== undefined
    ? `${state} until ${dateAndTime(rollout.bakeEndsAt)}`
    : state;
}

const partsOf = ({ succeeded, failed, pending, queued }: Numbers): BarPart[] => [
  { amount: succeeded, fill: '█', style: 'green' },
  { amount: failed, fill: '×', style: 'red' },
  { amount: pending, fill: '▒', style: 'cyan' },
  { amount: queued, fill: '░', style: 'yellow' },
];

interface Line {
  readonly name: string;
  readonly parts: readonly BarPart[];
  readonly done: number;
  readonly size: number;
  readonly state: string;
}

function waveLine(rollout: Rollout, wave: Rollout['waves'][number], place: Place): Line {
  const { name, size } = wave;
  const done = place === 'ahead' ? 0 : Math.min(size, rollout.admitted);
  const passed: BarPart = { amount: size, fill: '█', style: 'green' };
  const parts = { passed: [passed], current: partsOf(statusOf(rollout)), ahead: [] }[place];
  return { name, parts, done, size, state: stateOf(rollout, wave, place) };
}

function targetLine(rollout: Rollout): Line {
  const numbers = targetNumbers(rollout);
  const size = numbers?.devices ?? rollout.ranked + rollout.ineligible + rollout.unheard;
  const state = rollout.targetPromotedAt === undefined ? 'at last' : rollout.phase.toLowerCase();
  const parts = numbers ? partsOf(numbers) : [];
  return { name: TARGET, parts, done: numbers?.answered ?? 0, size, state };
}

/**
 * The waves as bars, at the end that of the target, unless it is one thing. Sizes are cumulative, and so is what a bar shows: all devices admitted so
 * far. A wave that has passed is full.
 */
export function waveBars(rollout: Rollout, colour: Paint): string[] {
  const waves = rollout.waves.map((wave, i) => waveLine(rollout, wave, placeOf(rollout, i)));
  const lines = isThing(rollout.targetArn) ? waves : [...waves, targetLine(rollout)];
  const nameWidth = Math.max(...lines.map(({ name }) => name.length));
  const sizeWidth = Math.max(...lines.map(({ size }) => String(size).length));
  const digits = (number: number) => String(number).padStart(sizeWidth);
  return lines.map(({ name, parts, done, size, state }) =>
    [
      `  ${name.padEnd(nameWidth)}`,
      bar(parts, size, WIDTH, colour),
      `${digits(done)} of ${digits(size)}`,
      state,
    ].join('  '),
  );
}
