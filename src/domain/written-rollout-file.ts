import * as z from 'zod';
import { longestRolloutName } from './rollout-id.js';
import { isThing } from './target.js';
import {
  ComponentName,
  ComponentVersion,
  Merge,
  Reset,
  Target,
  duration,
  fields,
  number,
  text,
  whole,
} from './written-fields.js';

/** The waves of a file that names none. */
export const defaultWaves = [
  { name: 'canary', devices: 5, bakeSeconds: 1800 },
  { name: 'early', percent: 10, bakeSeconds: 7200 },
  { name: 'half', percent: 50, bakeSeconds: 21_600 },
  { name: 'all', percent: 100 },
];

/** One thing makes one wave. */
const deviceWaves = [{ name: 'device', percent: 100, bakeSeconds: 1800 }];

const Component = z.union([
  z.literal('remove', { error: 'the word remove, or an object with a version' }),
  fields({
    version: ComponentVersion,
    merge: Merge.optional(),
    reset: Reset.optional(),
  }),
]);

const Wave = fields({
  name: text(
    'a name of 1 to 40 letters, digits, spaces, dots, dashes or underscores',
    /^[a-zA-Z0-9 ._-]{1,40}$/,
  ).optional(),
  devices: whole('a whole number of devices, 1 or more', 1).optional(),
  percent: number(
    'a percentage over 0 and up to 100',
    (value) => value > 0 && value <= 100,
  ).optional(),
  bake: duration(
    'a duration of up to 30d, such as 30m or 2h',
    (seconds) => seconds <= 30 * 86_400,
  ).optional(),
  approval: z.boolean({ error: 'true or false' }).optional(),
}).transform(({ name, devices, percent, bake, approval }) => ({
  ...(name !== undefined && { name }),
  ...(devices !== undefined && { devices }),
  ...(percent !== undefined && { percent }),
  ...(bake !== undefined && { bakeSeconds: bake }),
  ...(approval !== undefined && { approval }),
}));

const risk = () =>
  number('a probability over 0 and up to 0.5', (value) => value > 0 && value <= 0.5).default(0.05);

const Health = fields({
  maxFailurePercent: number(
    'a percentage from 0 to below 100',
    (value) => value >= 0 && value < 100,
  ).default(5),
  falseAbortRisk: risk(),
  falsePromoteRisk: risk(),
  // The job's own time-out counts whole minutes, 1 to 10080.
  deviceDeadline: duration(
    'a duration of whole minutes from 1m to 7d, such as 30m',
    (seconds) => seconds % 60 === 0 && seconds >= 60 && seconds <= 7 * 86_400,
  ).prefault('30m'),
  minReachPercent: number(
    'a percentage over 0 and up to 100',
    (value) => value > 0 && value <= 100,
  ).default(80),
}).transform(({ deviceDeadline, ...health }) => ({
  ...health,
  deviceDeadlineSeconds: deviceDeadline,
}));

const Strategy = fields({
  waves: z
    .array(Wave, { error: 'a list of waves, such as [{ devices: 5, bake: 30m }]' })
    .min(1, { error: 'a list of at least one wave; leave waves out for the usual ones' })
    .optional(),
  health: Health.prefault({}),
  maxInFlight: whole('a whole number of devices, 1 or more', 1).default(50),
  onHold: z.enum(['wait', 'abort', 'promote'], { error: 'wait, abort or promote' }).default('wait'),
  onAbort: z.enum(['rollback', 'stop'], { error: 'rollback or stop' }).default('rollback'),
  returnWithin: duration(
    'a duration from 1h to 30d, such as 72h',
    (seconds) => seconds >= 3600 && seconds <= 30 * 86_400,
  ).prefault('72h'),
}).transform(({ returnWithin, ...strategy }) => ({
  ...strategy,
  returnWithinSeconds: returnWithin,
}));

/** A rollout file as a person writes it; parsing gives what is kept. An issue's message says what would be right. */
export const WrittenRolloutFile = fields({
  name: text(
    `a name of 1 to ${longestRolloutName} letters, digits, dots, dashes or underscores, the first a letter or digit`,
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,50}$/,
  ),
  target: Target,
  release: fields({
    components: z
      .record(ComponentName, Component, {
        error: 'an object of component names, such as { com.example.App: { version: "1.1.0" } }',
      })
      .refine((components) => Object.keys(components).length > 0, {
        error: 'an object with at least one component',
      }),
  }),
  strategy: Strategy.prefault({}),
}).transform(({ strategy, ...file }) => ({
  ...file,
  strategy: {
    ...strategy,
    waves: strategy.waves ?? (isThing(file.target) ? deviceWaves : defaultWaves),
  },
}));
