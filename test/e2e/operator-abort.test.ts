import { expect, test } from '@jest/globals';
import type { FleetFile } from '../../emulator/fleet-file.js';
import type { Phase } from '../../src/domain/rollout.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { inPhase, say } from '../support/operator.js';
import { startStack } from '../support/stack.js';

const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';
const file = rolloutTo('1.1.0');
const asking = {
  ...file,
  strategy: {
    ...file.strategy,
    waves: [{ name: 'canary', devices: 5, bake: '5m', approval: true }],
  },
};
type Stack = Awaited<ReturnType<typeof startStack>>;

const start = async (stack: Stack, rolloutId: string, rollout: unknown = file) => {
  await stack.start(rolloutId, { rolloutId, rollout, startedBy: 'test' });
};

/** Ends well if the rollout is Aborted as Ada wanted, every device is as it was, and nothing is left of it. */
async function expectEveryoneBack(stack: Stack, rolloutId: string) {
  const ended = await stack.ended(rolloutId);
  expect(ended.status).toBe('SUCCEEDED');
  const rollout = await stack.rollouts.read(rolloutId);
  expect(rollout).toMatchObject({ phase: 'Aborted', stragglers: [] });
  expect(rollout?.endReason).toContain('by ada@laptop: it freezes');
  const events = await stack.rollouts.events(rolloutId);
  expect(events.find(({ step }) => step === 'Abort')).toMatchObject({
    actor: 'ada@laptop',
    what: 'abort wanted',
    why: 'it freezes',
  });
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.0.0': 20 });
  for (const thing of stack.cloud.emulator.inspect.devices())
    expect(
      stack.cloud.emulator.inspect.device(thing).components[thermostat]?.configuration,
    ).not.toHaveProperty('sampleSeconds', 30);
  expect(await stack.rollouts.lockOf(targetArn)).toBeUndefined();
  expect(await stack.iot.thingGroup(rollout?.rolloutGroupName ?? '')).toBeUndefined();
}

/** Half of them go away before they hear of the release: a wave can't be reached, and a person has to decide. */
const leaving: Partial<FleetFile> = {
  timeline: [{ at: '1s', group: 'thermostats', share: 0.5, does: 'offline' }],
};

/** Brings a rollout into the phase, aborts it there and waits for its end. */
async function abortIn(phase: Phase, reach: (stack: Stack, rolloutId: string) => Promise<unknown>) {
  const stack = await startStack(thermostats(20, phase === 'Held' ? leaving : {}));
  const rolloutId = `thermostat-1.1.0-${phase.toLowerCase().slice(0, 8).padEnd(8, 'x')}`;
  await reach(stack, rolloutId);
  const said = await inPhase(stack, rolloutId, phase, () =>
    say(stack, rolloutId, 'abort', 'it freezes'),
  );
  expect(said.phase).toBe(phase);
  await expectEveryoneBack(stack, rolloutId);
}

test('an abort in Planned: nobody is admitted', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-plannedx';
  await start(stack, rolloutId);
  while (!(await stack.rollouts.read(rolloutId))) await Promise.resolve();
  const said = await say(stack, rolloutId, 'abort', 'it freezes');
  expect(said.phase).toBe('Planned');
  await expectEveryoneBack(stack, rolloutId);
  expect((await stack.rollouts.read(rolloutId))?.admitted).toBe(0);
});

test.each(['Running', 'Baking', 'Held', 'Promoting'] as const)(
  'an abort in %s takes everyone back',
  (phase) => abortIn(phase, start),
);

test('an abort in AwaitingApproval takes everyone back', () =>
  abortIn('AwaitingApproval', (stack, rolloutId) => start(stack, rolloutId, asking)));

test('an abort in Paused takes everyone back', () =>
  abortIn('Paused', async (stack, rolloutId) => {
    await start(stack, rolloutId);
    await inPhase(stack, rolloutId, 'Running', () =>
      say(stack, rolloutId, 'pause', 'lunch is ready'),
    );
  }));

test('a rollout that is being taken back, or has ended, is not aborted', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
  await start(stack, rolloutId);
  await inPhase(stack, rolloutId, 'Running', () => say(stack, rolloutId, 'abort', 'it freezes'));
  const again = inPhase(stack, rolloutId, 'RollingBack', () =>
    say(stack, rolloutId, 'abort', 'really'),
  );
  await expect(again).rejects.toThrow(
    'abort: rollout thermostat-1.1.0-aaaaaaaa is RollingBack: it is being taken back already',
  );
  await stack.ended(rolloutId);
  await expect(say(stack, rolloutId, 'abort', 'really')).rejects.toThrow(
    'abort: rollout thermostat-1.1.0-aaaaaaaa has ended: it is Aborted',
  );
});
