import * as z from 'zod';
import { parseDuration } from '../duration.js';

/** An inline Map works on so many items at most. */
export const MOST_DEVICES = 40;

/** Numbers come as text out of the template. */
const count = (most: number) => z.coerce.number().int().min(1).max(most);
const percent = z.coerce.number().positive().max(100);
const seconds = z.string().transform((text, context) => {
  const read = parseDuration(text);
  if (read !== undefined && read > 0) return read;
  context.addIssue(`is no duration: "${text}"; write 90s, 30m, 2h or 7d`);
  return z.NEVER;
});

/** The settings of remediation as a person writes them: `remediation.yaml`, or what a run is started with. */
export const WrittenSettings = z.strictObject({
  /** Devices in repair at a time. */
  maxDevices: count(MOST_DEVICES),
  /** Devices of one target in repair at a time; one is always allowed. */
  maxPercent: percent,
  /** Repairs that one sickness of a device is given. */
  attempts: count(10),
  /** The wait after the first repair that failed; each further one waits twice as long. */
  backoff: seconds,
  /** So much of a target, sick with one component version, and it is the release that is sick. */
  systemicPercent: percent,
  /** A device that is disconnected for so long is silent. */
  silentAfter: seconds,
  /** A deployment that is in progress on a device for so long is stuck. */
  stuckAfter: seconds,
  /** A repair that the device hasn't answered by then has failed. */
  verifyWithin: seconds,
});
export type WrittenSettings = z.input<typeof WrittenSettings>;

/** The settings once read: durations in seconds. This form travels. */
export const Settings = z.strictObject({
  maxDevices: count(MOST_DEVICES),
  maxPercent: percent,
  attempts: count(10),
  backoffSeconds: z.number(),
  systemicPercent: percent,
  silentAfterSeconds: z.number(),
  stuckAfterSeconds: z.number(),
  verifyWithinSeconds: z.number(),
});
export type Settings = z.infer<typeof Settings>;

/** What a run may have instead of the settings. */
export type Overrides = z.output<ReturnType<typeof WrittenSettings.partial>>;

/** The settings of a run: those that are deployed, but for what it is given itself. */
export function settingsOf(
  written: z.output<typeof WrittenSettings>,
  overrides: Overrides,
): Settings {
  return {
    maxDevices: overrides.maxDevices ?? written.maxDevices,
    maxPercent: overrides.maxPercent ?? written.maxPercent,
    attempts: overrides.attempts ?? written.attempts,
    systemicPercent: overrides.systemicPercent ?? written.systemicPercent,
    backoffSeconds: overrides.backoff ?? written.backoff,
    silentAfterSeconds: overrides.silentAfter ?? written.silentAfter,
    stuckAfterSeconds: overrides.stuckAfter ?? written.stuckAfter,
    verifyWithinSeconds: overrides.verifyWithin ?? written.verifyWithin,
  };
}
