import { expect, test } from '@jest/globals';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { inPhase, say, when } from '../support/operator.js';
import { startStack } from '../support/stack.js';

const file = rolloutTo('1.1.0');

test('a paused rollout admits nobody after its bake, and goes on where it was once it is resumed', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
  await stack.start(rolloutId, { rolloutId, rollout: file, startedBy: 'test' });
  await inPhase(stack, rolloutId, 'Baking', () => say(stack, rolloutId, 'pause', 'lunch is ready'));
  await stack.cloud.clock.advance(3 * 3600);
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({
    phase: 'Paused',
    wave: 0,
    admitted: 5,
    judgement: { reason: expect.stringContaining('paused by ada@laptop: lunch is ready') },
  });
  const again = say(stack, rolloutId, 'pause', 'still hungry');
  await expect(again).rejects.toThrow(`pause: rollout ${rolloutId} is Paused: it is to be paused`);
  const approved = say(stack, rolloutId, 'approve', 'fine');
  await expect(approved).rejects.toThrow(`rollout ${rolloutId} is Paused: it is paused; resume it`);

  await say(stack, rolloutId, 'resume', 'had lunch');
  expect((await stack.ended(rolloutId)).status).toBe('SUCCEEDED');
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({ phase: 'Promoted' });
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.1.0': 20 });
  const events = await stack.rollouts.events(rolloutId);
  expect(
    events
      .filter(({ step }) => step === 'Pause' || step === 'Resume')
      .map(({ step, actor, why }) => [step, actor, why]),
  ).toEqual([
    ['Pause', 'ada@laptop', 'lunch is ready'],
    ['Resume', 'ada@laptop', 'had lunch'],
  ]);
});

test('while it is paused, evidence against the release aborts it still', async () => {
  const stack = await startStack(
    thermostats(20, {
      behaviours: [
        {
          component: thermostat,
          version: '1.1.0',
          share: 1,
          outcome: 'BROKEN',
          afterSeconds: 1200,
        },
      ],
    }),
  );
  const rolloutId = 'thermostat-1.1.0-bbbbbbbb';
  await stack.start(rolloutId, { rolloutId, rollout: file, startedBy: 'test' });
  await inPhase(stack, rolloutId, 'Baking', () => say(stack, rolloutId, 'pause', 'lunch is ready'));
  await stack.cloud.clock.advance(3600);
  await stack.ended(rolloutId);
  const rollout = await stack.rollouts.read(rolloutId);
  expect(rollout).toMatchObject({ phase: 'Aborted', admitted: 5 });
  expect(rollout?.endReason).toMatch(
    /^UNHEALTHY \d of the first 5 started; evidence of health \d+(\.\d)? >= 80/,
  );
});

test('what has not been paused is not resumed', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-cccccccc';
  await stack.start(rolloutId, { rolloutId, rollout: file, startedBy: 'test' });
  const resumed = when(
    stack,
    rolloutId,
    ({ phase }) => phase === 'Running',
    () => say(stack, rolloutId, 'resume', 'go'),
  );
  await expect(resumed).rejects.toThrow(`rollout ${rolloutId} is Running: nothing has paused it`);
});
