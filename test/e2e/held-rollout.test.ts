import { expect, test } from '@jest/globals';
import { failing } from '../support/bad-releases.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { say } from '../support/operator.js';
import { startStack } from '../support/stack.js';

const id = 'thermostat-1.1.0-aaaaaaaa';
const usual = rolloutTo('1.1.0');
const bake = '5m';
const file = {
  ...usual,
  strategy: {
    ...usual.strategy,
    waves: [
      { name: 'canary', devices: 5, bake },
      { percent: 50, bake },
      { percent: 100, bake },
    ],
  },
};

/** With this seed the release fails on the devices of ranks 9 and 16, of 20: more than 5 %, and no evidence of more. */
const flaky = { ...thermostats(20, { behaviours: [failing(0.1)] }), seed: 7 };
const inOneWave = (onHold: string) => ({
  ...file,
  strategy: {
    ...file.strategy,
    waves: [{ name: 'all', percent: 100, bake }],
    health: { ...file.strategy.health, maxFailurePercent: 5 },
    onHold,
  },
});
const undecided = 'failed (2) > 5 % of 20 answered = 1, undecided; evidence 1 < 40';

test('an undecided last wave holds, looks go on, and an approval settles it', async () => {
  const stack = await startStack(flaky);
  expect(await stack.run(id, inOneWave('wait'))).toMatchObject({ status: 'RUNNING' });
  const held = await stack.rollouts.read(id);
  expect(held).toMatchObject({
    phase: 'Held',
    judgement: { verdict: 'Hold', reason: undecided },
    evidence: { failedRanks: { deployment: [8, 15] } },
  });

  await stack.cloud.clock.advance(300);
  const later = await stack.rollouts.read(id);
  expect(later).toMatchObject({ phase: 'Held', phaseSince: held?.phaseSince });
  expect(later?.lookAt).toBeGreaterThan(held?.lookAt ?? 0);

  await say(stack, id, 'approve', 'both are known to be broken');
  expect(await stack.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await stack.rollouts.read(id))?.phase).toBe('Promoted');
  const events = await stack.rollouts.events(id);
  expect(events.find(({ what }) => what === 'Promote in wave all')).toMatchObject({
    actor: 'ada@laptop',
    why: `approved by ada@laptop: both are known to be broken; ${undecided}`,
  });
});

test('onHold abort takes everyone back', async () => {
  const stack = await startStack(flaky);
  expect(await stack.run(id, inOneWave('abort'))).toMatchObject({ status: 'SUCCEEDED' });
  expect(await stack.rollouts.read(id)).toMatchObject({
    phase: 'Aborted',
    endReason: `onHold is abort: ${undecided}`,
  });
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.0.0': 20 });
});

test('onHold promote goes on', async () => {
  const stack = await startStack(flaky);
  await stack.run(id, inOneWave('promote'));
  expect((await stack.rollouts.read(id))?.phase).toBe('Promoted');
});

test('a canary that is over its limit by one device extends until it is within it', async () => {
  // With this seed the devices of ranks 5 and 13 fail.
  const stack = await startStack({ ...flaky, seed: 8 });
  await stack.run(id, file);
  expect(await stack.rollouts.read(id)).toMatchObject({
    phase: 'Promoted',
    evidence: { waveStarts: [10, 10], failedRanks: { deployment: [4, 12] } },
  });
  const reasons = (await stack.rollouts.events(id)).map(({ why }) => why);
  expect(reasons.filter((why) => why.includes('extends'))).toEqual([
    'failed (1) > 10 % of 5 answered = 0, undecided: wave canary extends by 2 to 7 devices; evidence 1 < 40',
    'failed (1) > 10 % of 7 answered = 0, undecided: wave canary extends by 2 to 9 devices; evidence 1 < 40',
    'failed (1) > 10 % of 9 answered = 0, undecided: wave canary extends by 1 to 10 devices; evidence 1 < 40',
  ]);
});

test('a wave of which too few are reached holds, and goes on by itself when they come back', async () => {
  const stack = await startStack(
    thermostats(20, {
      timeline: [
        { at: '1s', group: 'thermostats', share: 0.6, does: 'offline' },
        { at: '1h', group: 'thermostats', does: 'online' },
      ],
    }),
  );
  await stack.run(id, { ...file, strategy: { ...file.strategy, onHold: 'promote' } });
  const held = await stack.rollouts.read(id);
  expect(held).toMatchObject({ phase: 'Held', wave: 0, admitted: 5 });
  expect(held?.judgement?.reason).toMatch(/^reached \([0-3]\) < 80 % of 5 devices = 4; /);

  await stack.cloud.clock.advance(3600);
  expect(await stack.ended(id)).toMatchObject({ status: 'SUCCEEDED' });
  expect((await stack.rollouts.read(id))?.phase).toBe('Promoted');
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.1.0': 20 });
});
