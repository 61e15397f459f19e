import { expect, test } from '@jest/globals';
import { createClock } from '../../emulator/clock.js';

/** Real time, that has passed meanwhile: what this machine's timers are late by. */
const late = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

test('a timer that is late runs at its own time, and so does what it schedules', () => {
  const clock = createClock({ start: 0, timeScale: 1000 });
  const ran: number[] = [];
  clock.schedule(2000, () => {
    ran.push(clock.now());
    clock.schedule(clock.now() + 3000, () => ran.push(clock.now()));
  });
  late(20);
  clock.moment(() => undefined);
  expect(ran).toEqual([2000, 5000]);
  clock.close();
});

test('at a moment all that is due by then has run, and time stands still', () => {
  const clock = createClock({ start: 0, timeScale: 1000 });
  let ran = 0;
  clock.schedule(5000, () => (ran += 1));
  late(10);
  clock.moment(() => {
    expect(ran).toBe(1);
    const now = clock.now();
    late(5);
    expect(clock.now()).toBe(now);
    expect(clock.moment(() => clock.now())).toBe(now);
  });
  clock.close();
});

test('nobody is told an earlier time than before', () => {
  const clock = createClock({ start: 0, timeScale: 1000 });
  late(10);
  const told = clock.now();
  const ran: number[] = [];
  clock.schedule(1, () => ran.push(clock.now()));
  clock.moment(() => ran.push(clock.now()));
  expect(told).toBeGreaterThanOrEqual(10_000);
  expect(ran[0]).toBeGreaterThanOrEqual(told);
  expect(ran[1]).toBeGreaterThanOrEqual(ran[0] ?? Infinity);
  clock.close();
});

test('while time is held nothing that is due runs at a moment', () => {
  const clock = createClock({ start: 0, timeScale: 'max' });
  let ran = 0;
  clock.schedule(0, () => (ran += 1));
  const release = clock.hold();
  clock.moment(() => expect(ran).toBe(0));
  release();
  clock.moment(() => expect(ran).toBe(1));
});

test('time goes on from where it was put', () => {
  const clock = createClock({ start: 0, timeScale: 1 });
  const ran: number[] = [];
  clock.schedule(1000, () => ran.push(clock.now()));
  clock.schedule(9000, () => ran.push(clock.now()));
  clock.at(5000, () => ran.push(clock.now()));
  expect(ran).toEqual([1000, 5000]);
  expect(clock.now()).toBeGreaterThanOrEqual(5000);
  clock.close();
});
