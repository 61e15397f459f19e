import { expect, test } from '@jest/globals';
import { createClock } from '../../emulator/clock.js';

test('timers run in the order of their times, and of their scheduling at the same time', async () => {
  const clock = createClock({ start: 0, timeScale: 'max' });
  const ran: string[] = [];
  clock.schedule(2000, () => ran.push('b'));
  clock.schedule(1000, () => ran.push('a'));
  clock.schedule(2000, () => ran.push('c'));
  const cancel = clock.schedule(1500, () => ran.push('never'));
  cancel();
  await clock.advance(3);
  expect(ran).toEqual(['a', 'b', 'c']);
  expect(clock.now()).toBe(3000);
});

test('time stands still while it is held, and in max without a demand', async () => {
  const clock = createClock({ start: 0, timeScale: 'max' });
  const seen: number[] = [];
  clock.schedule(1000, () => {
    const release = clock.hold();
    setImmediate(() => {
      seen.push(clock.now());
      release();
    });
  });
  clock.schedule(5000, () => seen.push(clock.now()));
  await clock.idle();
  expect(clock.now()).toBe(0);
  await clock.advance(10);
  expect(seen).toEqual([1000, 5000]);
});

test('in max, time moves by itself as long as somebody demands it', async () => {
  const clock = createClock({ start: 0, timeScale: 'max' });
  let left = 3;
  const tick = () => {
    left -= 1;
    if (left > 0) clock.schedule(clock.now() + 60_000, tick);
  };
  clock.schedule(60_000, tick);
  clock.schedule(86_400_000, () => expect('never').toBe('reached'));
  clock.setDemand(() => left > 0);
  await clock.idle();
  expect(clock.now()).toBe(180_000);
});

test('a scaled clock stands still while a function runs, however slow the machine', async () => {
  const clock = createClock({ start: 0, timeScale: 1_000_000 });
  const release = clock.hold();
  const before = clock.now();
  for (let i = 0; i < 1000; i += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(clock.now()).toBe(before);
  release();
  await clock.advance(60);
  expect(clock.now()).toBeGreaterThanOrEqual(before + 60_000);
  clock.close();
});

test.each([NaN, Infinity, -1])('time is not advanced by %d seconds', async (seconds) => {
  const clock = createClock({ start: 0, timeScale: 'max' });
  await expect(clock.advance(seconds)).rejects.toThrow(
    `advance: ${seconds} is not right; write a number of seconds from 0 on`,
  );
  expect(clock.now()).toBe(0);
});
