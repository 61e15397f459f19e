import * as z from 'zod';

/** A time in which a policy starts nothing: it begins when the cron expression says, and lasts so long. */
export const FreezeWindow = z.strictObject({
  cron: z.string(),
  durationSeconds: z.number(),
  timeZone: z.string(),
  reason: z.string(),
});
export type FreezeWindow = z.infer<typeof FreezeWindow>;

/** The line stopped by a person: for everything, or for one target. */
export const Freeze = z.strictObject({
  /** In short, as `thinggroup/NAME`; left out: all. */
  target: z.string().optional(),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type Freeze = z.infer<typeof Freeze>;

/** What a cron expression says: its first time after this one, both epoch milliseconds; undefined where there is none. */
export type NextTime = (
  window: Pick<FreezeWindow, 'cron' | 'timeZone'>,
  after: number,
) => number | undefined;

/**
 * The window that is open, and until when, in epoch milliseconds; undefined where none is. A window begins at the very
 * instant that its cron expression names, and the instant at which it ends is free.
 */
export function openWindow(
  windows: readonly FreezeWindow[],
  at: number,
  nextTime: NextTime,
): { reason: string; until: number } | undefined {
  let open: { reason: string; until: number } | undefined;
  for (const { reason, durationSeconds, ...window } of windows) {
    const lasts = durationSeconds * 1000;
    // Times that begin while one is open make it longer.
    let begin = nextTime(window, at - lasts);
    while (begin !== undefined && begin <= at) {
      const until = begin + lasts;
      if (until > (open?.until ?? at)) open = { reason, until };
      begin = nextTime(window, begin);
    }
  }
  return open;
}

/** What a person's freeze says of a target; undefined where none holds for it. */
export function frozenBy(freezes: readonly Freeze[], target: string): string | undefined {
  const held = freezes.find((freeze) => freeze.target === undefined || freeze.target === target);
  if (!held) return undefined;
  const { by, at, reason } = held;
  return `${held.target ?? 'everything'} is frozen by ${by} since ${at}: ${reason}`;
}
