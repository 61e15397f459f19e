import { expect, test } from '@jest/globals';
import { leftovers, nothingLeft, once, softwareOf } from '../support/bad-releases.js';
import { inPhase, say } from '../support/operator.js';
import {
  broken,
  revisionsOf,
  softwareOfThing,
  startThings,
  thing,
  toThing,
} from '../support/thing-rollouts.js';

const id = 'thermostat-1.1.0-ooooooo2';
const HOUR = 3600;
const input = { rolloutId: id, rollout: toThing(), startedBy: 'test' };

test('a device that does not begin within the deadline holds the rollout, which goes on when it is back', async () => {
  const stack = await startThings();
  stack.cloud.emulator.inject.offline(thing);
  await stack.start(id, input);
  await inPhase(stack, id, 'Held', async () => {
    expect((await stack.rollouts.existing(id)).judgement).toMatchObject({
      verdict: 'Hold',
      reason: 'the device has not begun within the deadline of 5m',
    });
    stack.cloud.emulator.inject.online(thing);
  });
  await stack.cloud.clock.advance(2 * HOUR);
  await stack.ended(id);
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Promoted' });
  expect(softwareOfThing(stack)?.version).toBe('1.1.0');
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('approved while the device is away, the release waits for it as its newest revision', async () => {
  const stack = await startThings();
  stack.cloud.emulator.inject.offline(thing);
  await stack.start(id, input);
  await inPhase(stack, id, 'Held', () => say(stack, id, 'approve', 'it comes back next week'));
  await stack.ended(id);
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Promoted' });
  expect((await revisionsOf(stack)).at(-1)).toEqual(['1.1.0', 'ACTIVE']);
  const events = await stack.rollouts.events(id);
  expect(events.at(-1)?.what).toBe(`promoted: thing/${thing} gets the release, and is free`);
});

test('a device that hangs at the release counts as TIMED_OUT after the deadline; restarted, it comes back', async () => {
  const stack = await startThings();
  const before = softwareOf(stack);
  stack.cloud.emulator.inject.stick(thing);
  await stack.run(id, toThing());
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Aborted', hit: 1, returned: 0, stragglers: [thing] });
  expect(rollout.endReason).toBe('the one device is TIMED_OUT: IN_PROGRESS for 5 minutes');
  expect(await leftovers(stack, id)).toMatchObject({ lock: undefined, listed: [id] });
  stack.cloud.emulator.inject.offline(thing);
  stack.cloud.emulator.inject.online(thing);
  await stack.cloud.clock.advance(3 * HOUR);
  expect(await stack.rollouts.read(id)).toMatchObject({ returned: 1, stragglers: [] });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a device out of reach for the way back is a straggler, and the sweep ends it when it returns', async () => {
  const stack = await startThings({ behaviours: [broken] });
  const before = softwareOf(stack);
  once(stack, id, 'RollingBack', () => Promise.resolve(stack.cloud.emulator.inject.offline(thing)));
  await stack.run(id, toThing());
  expect(await stack.rollouts.read(id)).toMatchObject({
    phase: 'Aborted',
    hit: 1,
    stragglers: [thing],
  });
  await stack.cloud.clock.advance(5 * HOUR);
  expect((await revisionsOf(stack)).slice(1)).toEqual([
    ['1.1.0', 'FAILED'],
    ['1.0.0', 'ACTIVE'],
  ]);
  stack.cloud.emulator.inject.online(thing);
  await stack.cloud.clock.advance(3 * HOUR);
  expect(await stack.rollouts.read(id)).toMatchObject({ returned: 1, stragglers: [] });
  expect(softwareOf(stack)).toEqual(before);
  expect(await revisionsOf(stack)).toEqual([
    ['1.0.0', 'COMPLETED'],
    ['1.0.0', 'COMPLETED'],
  ]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});
