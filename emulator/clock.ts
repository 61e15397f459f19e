import { TimerQueue, type Timer } from './timer-queue.js';

/** Undoes a `schedule` that has not run yet; afterwards it does nothing. */
export type Cancel = () => void;

/** `1` is real time, `600` ten minutes a second, `max` jumps from timer to timer. */
export type TimeScale = number | 'max';

export interface Clock {
  readonly timeScale: TimeScale;
  /** Virtual time in epoch milliseconds. */
  now(): number;
  /**
   * Runs `run` once virtual time has reached `time`. Timers run one by one, ordered by (time, order of scheduling).
   * `run` returns at once; what it starts and must finish before time moves on takes a `hold`.
   */
  schedule(time: number, run: () => void): Cancel;
  /**
   * Runs `run` at one moment: all that is due by now has run, and `now()` stands still meanwhile. So what it finds and does
   * depends on the moment alone, not on how late this machine's timers are. Inside a moment it is the same moment.
   */
  moment<T>(run: () => T): T;
  /** The same at a later time, from which virtual time then goes on. */
  at<T>(time: number, run: () => T): T;
  /** Time stands still until the returned function is called. Only at scale 1 it goes on, as real time does. */
  hold(): () => void;
  /** In `max`, time also moves by itself while `demand` answers true. Asked before each jump. */
  setDemand(demand: () => boolean): void;
  /** Moves virtual time on by so many seconds, running all that falls due, and resolves when nothing is in flight. */
  advance(seconds: number): Promise<void>;
  /** Resolves once nothing is in flight and nobody demands that time moves. */
  idle(): Promise<void>;
  /** Tells the clock that a demand may have changed. */
  wake(): void;
  close(): void;
}

/** After so many jumps the event loop gets a turn, so that a request from outside is answered while time races. */
const JUMPS_PER_TURN = 200;
/** The longest delay that Node's timers take. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

class VirtualClock implements Clock {
  readonly timeScale: TimeScale;
  readonly #queue = new TimerQueue();
  readonly #waiting: { until: number; resolve: () => void }[] = [];
  readonly #resting: (() => void)[] = [];
  #sequence = 0;
  #holds = 0;
  /** Virtual time is never before this; in `max` it is virtual time. */
  #reached: number;
  /** While a timer or a moment runs: its time. */
  #moment: number | undefined;
  /** The latest time that anybody has been told: no timer runs at an earlier one. */
  #told: number;
  /** Where `advance` is going. */
  #goal: number;
  #anchor: { wall: number; virtual: number };
  #demand = () => false;
  #isPumping = false;
  #isClosed = false;
  #timeout: NodeJS.Timeout | undefined;

  constructor(start: number, timeScale: TimeScale) {
    this.timeScale = timeScale;
    this.#reached = start;
    this.#told = start;
    this.#goal = start;
    this.#anchor = { wall: performance.now(), virtual: start };
  }

  now(): number {
    const time = this.#time();
    this.#told = Math.max(this.#told, time);
    return time;
  }

  moment<T>(run: () => T): T {
    if (this.#moment !== undefined) return run();
    const time = this.#time();
    if (!this.#isFrozen()) this.#catchUp(time);
    return this.#during(time, run);
  }

  at<T>(time: number, run: () => T): T {
    this.#catchUp(time);
    this.#goOnFrom(time);
    return this.#during(time, run);
  }

  schedule(time: number, run: () => void): Cancel {
    this.#sequence += 1;
    const timer: Timer = { time: Math.max(time, this.now()), sequence: this.#sequence, run };
    this.#queue.push(timer);
    this.wake();
    return () => {
      timer.run = undefined;
    };
  }

  hold(): () => void {
    if (this.#holds === 0) this.#reached = Math.max(this.#reached, this.now());
    this.#holds += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holds -= 1;
      if (this.#holds === 0 && this.timeScale !== 1) this.#goOnFrom(this.#reached);
      this.wake();
    };
  }

  setDemand(demand: () => boolean): void {
    this.#demand = demand;
    this.wake();
  }

  advance(seconds: number): Promise<void> {
    if (!Number.isFinite(seconds) || seconds < 0)
      return Promise.reject(
        new RangeError(`advance: ${seconds} is not right; write a number of seconds from 0 on`),
      );
    this.#goal = Math.max(this.#goal, this.#time() + seconds * 1000);
    const until = this.#goal;
    return new Promise((resolve) => {
      this.#waiting.push({ until, resolve });
      this.wake();
    });
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#resting.push(resolve);
      this.wake();
    });
  }

  wake(): void {
    if (this.#isPumping || this.#isClosed) return;
    this.#isPumping = true;
    setImmediate(() => this.#pump());
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timeout);
  }

  #time(): number {
    if (this.#moment !== undefined) return this.#moment;
    if (this.timeScale === 'max' || this.#isFrozen()) return this.#reached;
    const passed = (performance.now() - this.#anchor.wall) * this.timeScale;
    return Math.max(this.#reached, Math.floor(this.#anchor.virtual + passed));
  }

  #during<T>(time: number, run: () => T): T {
    this.#told = Math.max(this.#told, time);
    this.#moment = this.#told;
    try {
      return run();
    } finally {
      this.#moment = undefined;
    }
  }

  /** Runs a timer at its own time, be it late: what it schedules is then not late too. */
  #fire(timer: Timer): void {
    const { run } = timer;
    this.#queue.pop();
    timer.run = undefined;
    if (timer.time > this.#time()) this.#goOnFrom(timer.time);
    if (run) this.#during(timer.time, run);
  }

  #catchUp(time: number): void {
    for (let timer = this.#queue.peek(); timer && timer.time <= time; timer = this.#queue.peek())
      this.#fire(timer);
  }

  #isFrozen(): boolean {
    return this.#holds > 0 && this.timeScale !== 1;
  }

  #goOnFrom(virtual: number): void {
    this.#reached = Math.max(this.#reached, virtual);
    this.#anchor = { wall: performance.now(), virtual: this.#reached };
  }

  /** The next timer that may run now, or undefined. */
  #due(): Timer | undefined {
    const next = this.#queue.peek();
    if (!next || this.#isFrozen()) return undefined;
    if (next.time <= this.#time()) return next;
    if (this.#holds > 0) return undefined;
    const isWanted = this.timeScale === 'max' && this.#demand();
    return next.time <= this.#goal || isWanted ? next : undefined;
  }

  #pump(): void {
    for (let jumps = 0; jumps < JUMPS_PER_TURN; jumps += 1) {
      const timer = this.#isClosed ? undefined : this.#due();
      if (!timer) {
        this.#isPumping = false;
        this.#rest();
        return;
      }
      this.#fire(timer);
      if (this.#holds > 0) break;
    }
    setImmediate(() => this.#pump());
  }

  #rest(): void {
    if (this.#holds === 0) {
      if (this.#goal > this.#time()) this.#goOnFrom(this.#goal);
      this.#settle();
      if (!this.#demand()) for (const resolve of this.#resting.splice(0)) resolve();
    }
    if (this.timeScale === 'max' || this.#isClosed || this.#isFrozen()) return;
    const next = this.#queue.peek();
    clearTimeout(this.#timeout);
    if (!next) return;
    const delay = Math.max(0, (next.time - this.#time()) / this.timeScale);
    this.#timeout = setTimeout(() => this.wake(), Math.min(delay, LONGEST_TIMEOUT_MS));
  }

  #settle(): void {
    const now = this.#time();
    for (const waiter of this.#waiting.splice(0))
      if (waiter.until <= now) waiter.resolve();
      else this.#waiting.push(waiter);
  }
}

/** The one source of time of the emulator and of everything that runs beside it. `start` is in epoch milliseconds. */
export const createClock = ({ start, timeScale }: { start: number; timeScale: TimeScale }): Clock =>
  new VirtualClock(start, timeScale);
