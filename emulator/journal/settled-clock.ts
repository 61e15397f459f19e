import type { Clock } from '../clock.js';
import type { Journal } from './journal.js';

/** A clock that keeps what time it tells, so that a restart doesn't go back behind it. */
export function settledClock(clock: Clock, journal: Journal): Clock {
  const now = () => {
    const time = clock.moment(() => clock.now());
    journal.reach(time);
    return time;
  };
  return {
    timeScale: clock.timeScale,
    now,
    moment: (run) => clock.moment(run),
    at: (time, run) => clock.at(time, run),
    schedule: (time, run) => clock.schedule(time, run),
    hold: () => clock.hold(),
    setDemand: (demand) => clock.setDemand(demand),
    async advance(seconds) {
      await clock.advance(seconds);
      await journal.settle(now());
    },
    idle: () => clock.idle(),
    wake: () => clock.wake(),
    close: () => clock.close(),
  };
}
