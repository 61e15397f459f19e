import * as z from 'zod';
import { InvalidPayloadError } from './errors.js';
import type { RolloutFile, Strategy, WaveSpecification } from './rollout-file.js';

/** The executions of one job by status: what DescribeJob says in one call, whatever the size of the group. */
export const ExecutionCounts = z.strictObject({
  queued: z.number(),
  inProgress: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  rejected: z.number(),
  timedOut: z.number(),
  removed: z.number(),
  canceled: z.number(),
  /** Of those that failed or were rejected, and then not counted there: they say nothing of the release. */
  apart: z.number(),
});
export type ExecutionCounts = z.infer<typeof ExecutionCounts>;

/** Counts before any device has an execution. */
export const noExecutions: ExecutionCounts = {
  queued: 0,
  inProgress: 0,
  succeeded: 0,
  failed: 0,
  rejected: 0,
  timedOut: 0,
  removed: 0,
  canceled: 0,
  apart: 0,
};

/** Executions that ended badly. */
export const failedExecutions = ({ failed, rejected, timedOut }: ExecutionCounts) =>
  failed + rejected + timedOut;

/** Devices that have said how it ended, or whose time ran out. */
export const answeredExecutions = (counts: ExecutionCounts) =>
  counts.succeeded + failedExecutions(counts);

/** All executions that the job knows. */
export const allExecutions = (counts: ExecutionCounts) =>
  answeredExecutions(counts) +
  counts.queued +
  counts.inProgress +
  counts.removed +
  counts.canceled +
  counts.apart;

/** A wave of a planned rollout; `size` is cumulative, in devices. */
export const Wave = z.strictObject({
  name: z.string(),
  size: z.number(),
  bakeSeconds: z.number(),
  /** Once it has passed, the rollout goes on only when a person approves. */
  approval: z.boolean(),
});
export type Wave = z.infer<typeof Wave>;

/** Devices admitted together; `at` in epoch milliseconds. */
export const Admission = z.strictObject({ at: z.number(), devices: z.number() });
export type Admission = z.infer<typeof Admission>;

/** A rank that was handed out, but whose device was never admitted; ranks count from 0. */
export const SkippedRank = z.strictObject({
  rank: z.number(),
  thing: z.string(),
  reason: z.string(),
});
export type SkippedRank = z.infer<typeof SkippedRank>;

// The product of a percentage such as 2.3 and a count is off by less than this.
const epsilon = 1e-9;

/** Percent of a count, rounded down: how many of them a limit tolerates. */
export const percentDown = (percent: number, count: number) =>
  Math.floor((percent * count) / 100 + epsilon);

/** Percent of a count, rounded up: how many of them make a share. */
export const percentUp = (percent: number, count: number) =>
  Math.ceil((percent * count) / 100 - epsilon);

/** The size that a wave asks for, which may be more than there are devices. */
export const sizeOf = ({ devices, percent }: WaveSpecification, ranked: number) =>
  devices ?? percentUp(percent ?? 100, ranked);

/** A wave's size as a person wrote it, which names a wave without a name. */
export const sizeText = ({ devices, percent }: WaveSpecification) =>
  devices === undefined ? `${percent}%` : `${devices} ${devices === 1 ? 'device' : 'devices'}`;

/** Half an hour: the bake of a first wave that names none. */
const firstBakeSeconds = 1800;

/**
 * The waves over so many devices with a rank: cumulative, rounded up, strictly increasing, the last of them all. A missing bake
 * is that of the wave before. A wave that would add no device is merged into the one before it, which takes the longer bake, and the
 * approval of either.
 */
export function waveSizes(strategy: Pick<Strategy, 'waves'>, devices: number): Wave[] {
  const waves: Wave[] = [];
  let bakeSeconds = firstBakeSeconds;
  for (const wave of [...strategy.waves, { percent: 100 }]) {
    bakeSeconds = wave.bakeSeconds ?? bakeSeconds;
    const size = Math.min(devices, sizeOf(wave, devices));
    const before = waves.at(-1);
    if (before === undefined || size > before.size)
      waves.push({
        name: wave.name ?? sizeText(wave),
        size,
        bakeSeconds,
        approval: wave.approval ?? false,
      });
    else {
      // The implied last wave brings no bake of its own.
      if (wave.bakeSeconds !== undefined)
        before.bakeSeconds = Math.max(before.bakeSeconds, wave.bakeSeconds);
      before.approval ||= wave.approval ?? false;
    }
  }
  return waves;
}

/** What a rollout knows of the devices it has admitted; `Rollout` has it all. */
export interface Progress {
  readonly file: Pick<RolloutFile, 'strategy'>;
  readonly waves: readonly Wave[];
  readonly wave: number;
  readonly admitted: number;
  readonly skipped: readonly SkippedRank[];
  readonly admissions: readonly Admission[];
  readonly counts: ExecutionCounts;
  /** Devices of the current wave beyond its planned size. */
  readonly extendedBy: number;
  readonly bakeEndsAt?: number | undefined;
}

/** Where the admitted devices are: `devices` = `reached` + `queued` + cancelled, `reached` = `answered` + `pending` + `apart`. */
export const WaveNumbers = z.strictObject({
  /** Admitted, and still in the rollout group. */
  devices: z.number(),
  reached: z.number(),
  answered: z.number(),
  succeeded: z.number(),
  /** Executions that failed, were rejected or timed out, and devices that are UNHEALTHY since. */
  failed: z.number(),
  /** In flight: IN_PROGRESS, or QUEUED and younger than the deadline. */
  pending: z.number(),
  /** QUEUED past the deadline. */
  queued: z.number(),
  /** Answered, but with a failure that says nothing of the release. */
  apart: z.number(),
});
export type WaveNumbers = z.infer<typeof WaveNumbers>;

/**
 * Where the admitted devices are at a time. The counts don't say how long a device has been QUEUED, so the ones admitted within
 * the deadline are taken to be those still QUEUED: never too few in flight. A device whose execution doesn't exist yet
 * is QUEUED; a skipped rank is nowhere.
 */
export function waveNumbers(progress: Progress, counts: ExecutionCounts, at: number): WaveNumbers {
  const answered = answeredExecutions(counts);
  const devices = Math.max(0, admittedDevices(progress) - counts.removed);
  const unanswered = Math.max(0, devices - answered - counts.canceled - counts.apart);
  const allQueued = Math.max(counts.queued, unanswered - counts.inProgress);
  const young = youngAdmissions(progress, at).reduce(
    (sum, admission) => sum + admission.devices,
    0,
  );
  const queued = Math.max(0, allQueued - young);
  return {
    devices,
    reached: Math.max(0, devices - queued - counts.canceled),
    answered,
    succeeded: counts.succeeded,
    failed: failedExecutions(counts),
    pending: counts.inProgress + allQueued - queued,
    queued,
    apart: counts.apart,
  };
}

/** Ranks handed out, less those whose device was never admitted. */
export const admittedDevices = ({ admitted, skipped }: Pick<Progress, 'admitted' | 'skipped'>) =>
  admitted - skipped.filter(({ rank }) => rank < admitted).length;

/** The admissions that are still younger than the deadline at a time: older ones need not be kept. */
export function youngAdmissions({ file, admissions }: Progress, at: number): Admission[] {
  const deadline = file.strategy.health.deviceDeadlineSeconds * 1000;
  return admissions.filter((admission) => at - admission.at < deadline);
}

/** The wave that a rollout is in. */
export function currentWave({ waves, wave }: Pick<Progress, 'waves' | 'wave'>): Wave {
  const current = waves[wave];
  if (current === undefined) throw new InvalidPayloadError(`wave ${wave} of ${waves.length} waves`);
  return current;
}

/** How many devices, of all waves so far, the current one has or is to have: more than planned where it was extended. */
export const waveSize = (progress: Pick<Progress, 'waves' | 'wave' | 'extendedBy'>): number =>
  currentWave(progress).size + progress.extendedBy;

/** By how many devices the wave may be extended at its end; 0 where it is the last, ends with an approval, or has reached the next. */
export function nextExtension(progress: Pick<Progress, 'waves' | 'wave' | 'extendedBy'>): number {
  const { size, approval } = currentWave(progress);
  const next = progress.waves[progress.wave + 1];
  if (approval || !next) return 0;
  return Math.max(0, Math.min(Math.ceil(size / 4), next.size - waveSize(progress)));
}

/** How many ranks may be handed out now: up to the wave's size, and never more than maxInFlight devices in flight. */
export function allowance(progress: Progress, now: number): number {
  const toAdmit = waveSize(progress) - progress.admitted;
  const { pending } = waveNumbers(progress, progress.counts, now);
  return Math.max(0, Math.min(toAdmit, progress.file.strategy.maxInFlight - pending));
}

/**
 * The seconds until the next look: 30 while devices are in flight or to be admitted, else a 24th of the bake within a minute
 * to an hour, but not past the end of the bake.
 */
export function lookSeconds(progress: Progress, now: number): number {
  const { bakeSeconds } = currentWave(progress);
  const isMoving =
    progress.admitted < waveSize(progress) ||
    waveNumbers(progress, progress.counts, now).pending > 0;
  const interval = isMoving ? 30 : Math.min(3600, Math.max(60, Math.round(bakeSeconds / 24)));
  const { bakeEndsAt } = progress;
  if (bakeEndsAt === undefined || bakeEndsAt <= now) return interval;
  return Math.min(interval, Math.ceil((bakeEndsAt - now) / 1000));
}
