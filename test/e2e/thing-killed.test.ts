import { describe, expect, test } from '@jest/globals';
import { leftovers, nothingLeft, once, softwareOf } from '../support/bad-releases.js';
import { deploymentsOf, runningExecutions } from '../support/killed.js';
import { broken, softwareOfThing, startThings, thing, toThing } from '../support/thing-rollouts.js';

const id = 'thermostat-1.1.0-kkkkkkk8';
/** Few looks, for each costs workers. */
const short = toThing({
  waves: [{ devices: 1, bake: '1m' }],
  health: { deviceDeadline: '2m' },
});

/** Every step dies twice in a row between its effect and its answer, each time that it runs. */
const dying = { killAfterEffect: (_: string, invocation: number) => invocation % 3 !== 0 };

describe('every step killed twice in a row', () => {
  test('a good release is deployed to the thing once, and promoted', async () => {
    const stack = await startThings({}, dying);
    await stack.run(id, short);
    expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Promoted', admitted: 1 });
    expect(softwareOfThing(stack)?.version).toBe('1.1.0');
    const own = { target: thing, devices: 1, twice: 0, isThere: true };
    expect(deploymentsOf(stack)).toEqual([
      { ...own, version: '1.0.0' },
      { ...own, version: '1.1.0' },
    ]);
    expect(await leftovers(stack, id)).toEqual(nothingLeft);
    expect(await runningExecutions(stack)).toEqual([]);
  });

  test('a bad release is taken back once, also where the device is away for a while', async () => {
    const stack = await startThings({ behaviours: [broken] }, dying);
    const before = softwareOf(stack);
    once(stack, id, 'RollingBack', () =>
      Promise.resolve(stack.cloud.emulator.inject.offline(thing)),
    );
    await stack.run(id, short);
    expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', stragglers: [thing] });
    stack.cloud.emulator.inject.online(thing);
    await stack.cloud.clock.advance(3 * 3600);
    await stack.cloud.clock.idle();
    expect(await stack.rollouts.read(id)).toMatchObject({ returned: 1, stragglers: [] });
    expect(softwareOf(stack)).toEqual(before);
    const own = { target: thing, devices: 1, twice: 0 };
    expect(deploymentsOf(stack)).toEqual([
      { ...own, version: '1.0.0', isThere: true },
      { ...own, version: '1.1.0', isThere: false },
      { ...own, version: '1.0.0', isThere: true },
    ]);
    expect(await leftovers(stack, id)).toEqual(nothingLeft);
    expect(await runningExecutions(stack)).toEqual([]);
  });
});
