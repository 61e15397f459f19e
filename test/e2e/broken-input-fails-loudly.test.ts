import { expect, test } from '@jest/globals';
import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { executionArn, startStack } from '../support/stack.js';

test('a rollout file with an unknown field is refused by its name, and nothing is kept', async () => {
  const stack = await startStack(thermostats(10));
  const ended = await stack.run('bad-aaaaaaaa', { ...rolloutTo('1.1.0'), wavs: [] });
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidRolloutError' });
  expect(ended.cause).toContain('wavs');
  expect(await stack.rollouts.list('all')).toEqual([]);
});

test('a component version that does not exist is refused by its name', async () => {
  const stack = await startStack(thermostats(10));
  const ended = await stack.run('bad-bbbbbbbb', rolloutTo('9.9.9'));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'NotDeployableError' });
  expect(ended.cause).toContain('9.9.9');
});

test.each([
  [{ state: 'DEPRECATED', message: 'Take 1.2.0' } as const, 'DEPRECATED (Take 1.2.0)'],
  [{ vendorGuidance: 'DELETED', vendorGuidanceMessage: 'Recalled' } as const, 'DELETED (Recalled)'],
])('a component version that is %j is refused, and nothing is deployed', async (become, told) => {
  const version = { component: thermostat, version: '1.1.0', ...become };
  const stack = await startStack(thermostats(10, { componentStates: [version] }));
  const ended = await stack.run('bad-iiiiiiii', rolloutTo('1.1.0'));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'NotDeployableError' });
  expect(ended.cause).toContain(`is ${told}; it has to be DEPLOYABLE`);
  expect(stack.cloud.calls()).not.toHaveProperty('Greengrass.CreateDeployment');
});

test('a deployment that the role may not make ends the rollout at once, and says who may not do what', async () => {
  const stack = await startStack(thermostats(10));
  stack.cloud.emulator.inject.fault('Greengrass.CreateDeployment', 'accessDenied', 100);
  const ended = await stack.run('bad-jjjjjjjj', rolloutTo('1.1.0'));
  expect(ended).toMatchObject({ status: 'FAILED' });
  const rollout = await stack.rollouts.read('bad-jjjjjjjj');
  expect(rollout).toMatchObject({
    phase: 'Failed',
    endReason: expect.stringMatching(
      /could not do its work: AccessDeniedException: User: \S+ is not authorized to perform: greengrass:CreateDeployment$/,
    ) as unknown,
  });
  expect(stack.cloud.calls()['Greengrass.CreateDeployment']).toBe(1);
});

test('a handler that gets an unknown field fails the execution', async () => {
  const stack = await startStack(thermostats(10));
  const rolloutId = 'bad-cccccccc';
  await stack.start(rolloutId, { rolloutId, rollout: rolloutTo('1.1.0'), startedBy: '' });
  const ended = await stack.ended(rolloutId);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidPayloadError' });
  expect(ended.cause).toContain('startedBy');
});

test('an execution that is not named after its rollout, or has an id too long, is refused', async () => {
  const stack = await startStack(thermostats(10));
  const input = { rollout: rolloutTo('1.1.0'), startedBy: 'test' };
  await stack.start('bad-dddddddd', { ...input, rolloutId: 'bad-eeeeeeee' });
  const other = await stack.ended('bad-dddddddd');
  expect(other).toMatchObject({ status: 'FAILED', error: 'InvalidRolloutError' });
  expect(other.cause).toContain('bad-eeeeeeee is not the name of its execution');

  const long = `${'x'.repeat(60)}-ffffffff`;
  await stack.start(long, { ...input, rolloutId: long });
  expect(await stack.ended(long)).toMatchObject({ status: 'FAILED', error: 'InvalidPayloadError' });
  expect(await stack.rollouts.list('all')).toEqual([]);
});

test('an unknown field in the input of an execution fails it by the name of the field', async () => {
  const stack = await startStack(thermostats(10));
  const rolloutId = 'bad-dddddddd';
  const input = { rolloutId, rollout: rolloutTo('1.1.0'), startedBy: 'test', speed: 'fast' };
  await stack.start(rolloutId, input);
  const ended = await stack.ended(rolloutId);
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidPayloadError' });
  expect(ended.cause).toContain('speed');
});

test('a rollout whose execution is stopped is Failed and says so', async () => {
  const stack = await startStack(thermostats(10), 1);
  const rolloutId = 'thermostat-1.1.0-hhhhhhhh';
  await stack.start(rolloutId, { rolloutId, rollout: rolloutTo('1.1.0'), startedBy: 'test' });
  while ((await stack.rollouts.read(rolloutId))?.phase !== 'Running');
  await stack.sfn.send(
    new StopExecutionCommand({ executionArn: executionArn('rollout', rolloutId), cause: 'enough' }),
  );
  while ((await stack.rollouts.read(rolloutId))?.phase !== 'Failed');
  expect((await stack.rollouts.read(rolloutId))?.endReason).toContain('execution ABORTED');
});
