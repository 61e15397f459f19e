import { Cron } from 'croner';
import type { NextTime } from '../domain/release/freeze.js';

/** When a window begins next: its cron expression in its time zone. Throws on an expression or a time zone that there isn't. */
export const nextTime: NextTime = ({ cron, timeZone }, after) =>
  new Cron(cron, { timezone: timeZone, mode: '5-part', paused: true })
    .nextRun(new Date(after))
    ?.getTime();
