import semver from 'semver';
import type { Clock } from '../clock.js';
import type { CoreDevice, RunningComponent, Strikes } from './core-device.js';
import { withState } from './software.js';

/** How a component errs again and again after it has been started. */
export interface Trouble {
  readonly afterSeconds: number;
  readonly errors: number;
  readonly everySeconds: number;
}

/** Documented: nucleus source, Lifecycle: MAXIMUM_CONTINUAL_ERROR, and DEFAULT_ERROR_RESET_TIME_IN_SEC: one hour. */
const MOST_ERRORS = 3;
const RESET_MS = 3_600_000;
/** Assumed: a component that has erred is up again after so long. */
const RECOVERY_SECONDS = 2;
/** Documented: developer guide, "Greengrass nucleus": from this version on it tells RUNNING and FINISHED too. */
const FIRST_TELLING_RECOVERY = '2.12.3';

/**
 * What becomes of components after they have been started.
 * Documented: nucleus source, Lifecycle: a component that errs is ERRORED and started again; the third error in a row makes
 * it BROKEN, and an error that is more than an hour after the one before counts as the first.
 */
export class Lifecycles {
  readonly #clock: Clock;
  readonly #report: (device: CoreDevice) => void;

  constructor(clock: Clock, report: (device: CoreDevice) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** Three errors, at once: first it is told as ERRORED, then as BROKEN. */
  breakNow(device: CoreDevice, component: string): void {
    this.#put(device, component, 'ERRORED');
    this.#put(device, component, 'BROKEN');
  }

  /** Unless the component has been restarted, replaced or broken by then. */
  errLater(device: CoreDevice, component: string, trouble: Trouble): void {
    const run = runOf(device, component);
    const err = (left: number) => {
      const now = runOf(device, component);
      if (left === 0 || device.isRetired || !run || now?.startedAt !== run.startedAt) return;
      if (now.state === 'BROKEN') return;
      this.#strike(device, run);
      this.#after(trouble.everySeconds, () => err(left - 1));
    };
    this.#after(trouble.afterSeconds, () => err(trouble.errors));
  }

  #strike(device: CoreDevice, run: RunningComponent): void {
    const now = this.#clock.now();
    const strikes = device.strikes ?? new Map<string, Strikes>();
    device.strikes = strikes;
    const last = strikes.get(run.name);
    const isInARow = last?.run === run.startedAt && now - last.at < RESET_MS;
    const count = (isInARow ? last.count : 0) + 1;
    strikes.set(run.name, { run: run.startedAt, count, at: now });
    if (count < MOST_ERRORS) {
      this.#put(device, run.name, 'ERRORED');
      this.#after(RECOVERY_SECONDS, () => this.#recover(device, run));
    } else {
      strikes.delete(run.name);
      this.#put(device, run.name, 'BROKEN');
    }
  }

  #recover(device: CoreDevice, run: RunningComponent): void {
    const now = runOf(device, run.name);
    if (device.isRetired || now?.startedAt !== run.startedAt || now.state !== 'ERRORED') return;
    const at = this.#clock.now();
    device.software = withState(device.software, run.name, run.state, undefined, at);
    const isOld =
      device.profile.runtime === 'aws_nucleus_classic' &&
      semver.lt(device.software.nucleusVersion, FIRST_TELLING_RECOVERY);
    if (!isOld) this.#report(device);
  }

  #put(device: CoreDevice, component: string, state: 'ERRORED' | 'BROKEN'): void {
    const at = this.#clock.now();
    device.software = withState(device.software, component, state, 'RUN_ERROR', at);
    this.#report(device);
  }

  #after(seconds: number, run: () => void): void {
    this.#clock.schedule(this.#clock.now() + seconds * 1000, run);
  }
}

const runOf = ({ software }: CoreDevice, component: string) =>
  software.components.find(({ name }) => name === component);
