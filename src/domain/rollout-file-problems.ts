import * as z from 'zod';
import { isThing } from './target.js';

type Issue = z.core.$ZodIssue;

/** A value as a message shows it, cut where it would fill the line; a text that is cut tells its length. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  if (json.length <= 60) return json;
  const cut = `${json.slice(0, 56)}...`;
  return typeof value === 'string' ? `${cut}" (${value.length} characters)` : cut;
}

function fieldOf(path: readonly PropertyKey[]): string {
  const field = path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  return field.replace(/^\./, '');
}

const at = (path: readonly PropertyKey[], problem: string) =>
  path.length === 0 ? problem : `${fieldOf(path)}: ${problem}`;

const Fields = z.record(z.string(), z.unknown());

function problemsOf(issue: Issue, parent: readonly PropertyKey[]): string[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const values = Fields.parse(issue.input);
    return issue.keys.map((key) =>
      at([...path, key], `unknown field (${shown(values[key])}); ${issue.message}`),
    );
  }
  if (issue.code === 'invalid_key')
    return issue.issues.map(({ message }) => at(path, `${shown(issue.input)} is not ${message}`));
  if (issue.code === 'invalid_union') {
    // The one union is of a word and an object: the member of the value's own kind knows what would be right.
    const member = issue.errors[typeof issue.input === 'object' && issue.input !== null ? 1 : 0];
    if (member !== undefined && member.length > 0)
      return member.flatMap((inner) => problemsOf(inner, path));
  }
  return issue.input === undefined
    ? [at(path, `missing; give ${issue.message}`)]
    : [at(path, `${shown(issue.input)} is not ${issue.message}`)];
}

/** One line for each issue of a rollout file's schema: field, value and what would be right. */
export function issueProblems(issues: readonly Issue[]): string[] {
  return issues.flatMap((issue) => problemsOf(issue, []));
}

const Waves = z.looseObject({ strategy: z.looseObject({ waves: z.array(z.unknown()) }) });

/**
 * What is wrong with the sizes of the waves among themselves, whatever else is wrong with the file. Devices and percent are
 * compared once the fleet's size is known.
 */
export function waveProblems(file: unknown): string[] {
  const read = Waves.safeParse(file);
  if (!read.success) return [];
  const last = { devices: 0, percent: 0 };
  return read.data.strategy.waves.flatMap((value, i) => {
    const wave = Fields.safeParse(value);
    if (!wave.success) return [];
    const path = ['strategy', 'waves', i];
    if ('devices' in wave.data === 'percent' in wave.data)
      return [at(path, `${shown(value)} is not a wave with one of devices and percent`)];
    const unit = 'devices' in wave.data ? 'devices' : 'percent';
    const now = wave.data[unit];
    const before = last[unit];
    if (typeof now !== 'number') return [];
    last[unit] = Math.max(before, now);
    // Below 1 device or 0 percent the schema has said so already.
    if (now > before || now <= 0) return [];
    const problem = `${now} is not more than the ${before} of a wave before it: sizes are cumulative and increase`;
    return [at([...path, unit], problem)];
  });
}

const Targeted = z.looseObject({
  target: z.string(),
  strategy: z.looseObject({
    waves: z.array(z.unknown()).default([]),
    health: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** Fields that weigh many devices, or let them wait for one another. */
const OF_MANY = {
  strategy: ['maxInFlight', 'onHold'],
  health: ['maxFailurePercent', 'falseAbortRisk', 'falsePromoteRisk', 'minReachPercent'],
};

/** What is wrong with a strategy for one thing: it makes one wave, and what weighs many devices means nothing there. */
export function thingProblems(file: unknown): string[] {
  const read = Targeted.safeParse(file);
  if (!read.success || !isThing(read.data.target)) return [];
  const { strategy } = read.data;
  const { waves, health } = strategy;
  const meaningless = (path: readonly string[], fields: object, names: readonly string[]) =>
    Object.entries(fields)
      .filter(([name]) => names.includes(name))
      .map(([name, value]) =>
        at([...path, name], `${shown(value)} means nothing for one thing; leave it out`),
      );
  const sizes = waves.flatMap((value, i) => {
    const { devices = 1, percent = 100 } = Fields.safeParse(value).data ?? {};
    const path = at(['strategy', 'waves', i], shown(value));
    return devices === 1 && percent === 100 ? [] : [`${path} is not a wave of 1 device or 100 %`];
  });
  return [
    ...(waves.length > 1
      ? [
          at(
            ['strategy', 'waves'],
            `${waves.length} waves for one thing; give one, with its bake and approval, or leave waves out`,
          ),
        ]
      : sizes),
    ...meaningless(['strategy'], strategy, OF_MANY.strategy),
    ...meaningless(['strategy', 'health'], health, OF_MANY.health),
  ];
}
