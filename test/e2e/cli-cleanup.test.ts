import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import { leftovers, nothingLeft, softwareOf, spoiling } from '../support/bad-releases.js';
import { quick, runningExecutions, smallFleet } from '../support/killed.js';
import { inPhase, say } from '../support/operator.js';
import { executionArn, startStack } from '../support/stack.js';
import { greenwave } from './run-greenwave.js';

const id = 'thermostat-1.1.0-ccccccc7';

test('cleanup takes back what a dead execution left; not what is at work, and not what has ended', async () => {
  const stack = await startStack(smallFleet());
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const before = softwareOf(stack);
  await stack.start(id, { rolloutId: id, rollout: spoiling(quick), startedBy: 'test' });
  await inPhase(stack, id, 'Baking', () => say(stack, id, 'pause', 'a closer look'));
  await inPhase(stack, id, 'Paused', () => Promise.resolve());

  const atWork = await greenwave(['cleanup', id], environment);
  expect(atWork).toMatchObject({ code: 1, stdout: '' });
  expect(atWork.stderr).toContain(
    `cleanup: rollout ${id} is Paused and its execution runs; end it: node bin/greenwave.mjs abort ${id} --reason TEXT`,
  );

  await stack.sfn.send(
    new StopExecutionCommand({ executionArn: executionArn('rollout', id), cause: 'a test' }),
  );
  const done = await greenwave(['cleanup', id, '--reason', 'it was stopped'], environment);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect(await stack.rollouts.existing(id)).toMatchObject({ phase: 'Aborted', stragglers: [] });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
  expect(await runningExecutions(stack)).toEqual([]);
  const events = await stack.rollouts.events(id);
  expect(events.find(({ step }) => step === 'Cleanup')).toMatchObject({
    actor: expect.stringMatching(/.+@.+/) as unknown,
    why: 'it was stopped',
  });

  const again = await greenwave(['cleanup', id], environment);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain(`rollout ${id}: it is Aborted, and nothing of it is left`);
});
