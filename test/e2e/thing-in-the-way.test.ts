import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from '@jest/globals';
import { leftovers, nothingLeft, softwareOf, type Stack } from '../support/bad-releases.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { inPhase, say } from '../support/operator.js';
import { executionArn, startStack } from '../support/stack.js';
import {
  deployToThing,
  greengrassOf,
  revisionsOf,
  softwareOfThing,
  startThings,
  thing,
  thingArn,
  toThing,
} from '../support/thing-rollouts.js';

const id = 'thermostat-1.1.0-wwwwwww2';
const groupArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';
const asking = { waves: [{ devices: 1, bake: '10m', approval: true }] };
const start = (stack: Stack, rollout: unknown, rolloutId = id) =>
  stack.start(rolloutId, { rolloutId, rollout, startedBy: 'test' });

test("somebody else's deployment to the thing ends the rollout, and stays", async () => {
  const stack = await startThings();
  await start(stack, toThing());
  await inPhase(stack, id, 'Baking', () =>
    deployToThing(stack, 'the-foreign', { setPointCelsius: 18 }),
  );
  await stack.ended(id);
  expect(await stack.rollouts.read(id)).toMatchObject({
    phase: 'Superseded',
    stragglers: [],
    endReason: `${thingArn} has a revision that this rollout neither started from nor made`,
  });
  await stack.cloud.clock.advance(3600);
  expect(softwareOfThing(stack)).toMatchObject({
    version: '1.0.0',
    configuration: { setPointCelsius: 18 },
  });
  expect(await revisionsOf(stack)).toEqual([
    ['1.0.0', 'COMPLETED'],
    ['1.0.0', 'COMPLETED'],
  ]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test("where somebody cancels the rollout's deployment, the thing gets its baseline again", async () => {
  const stack = await startThings();
  stack.cloud.emulator.inject.offline(thing);
  await start(stack, toThing());
  await inPhase(stack, id, 'Running', async () => {
    const { targetDeploymentId = '' } = await stack.rollouts.existing(id);
    await greengrassOf(stack).cancelDeployment(targetDeploymentId);
  });
  await stack.ended(id);
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Superseded', hit: 0 });
  expect(rollout.endReason).toContain('no longer ACTIVE');
  expect(await revisionsOf(stack)).toEqual([
    ['1.0.0', 'COMPLETED'],
    ['1.0.0', 'ACTIVE'],
  ]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a thing and the groups around it are rolled out to one at a time', async () => {
  const stack = await startThings();
  await start(stack, toThing(asking));
  await inPhase(stack, id, 'AwaitingApproval', () => Promise.resolve());
  const group = await stack.run('thermostat-1.1.0-wwwwwww3', {
    ...rolloutTo('1.1.0'),
    strategy: {},
  });
  expect(group).toMatchObject({ status: 'FAILED', error: 'TargetLockedError' });
  expect(group.cause).toContain(
    `target: thinggroup/thermostats shares ${thing} with ${thingArn}, which is held by rollout ${id}`,
  );
  const same = await stack.run('thermostat-1.1.0-wwwwwww4', toThing());
  expect(same.cause).toContain(`target: thing/${thing} is held by rollout ${id}`);
  await say(stack, id, 'abort', 'the group goes first');
  await stack.ended(id);

  const wave = { name: 'canary', devices: 1, bake: '10m', approval: true };
  // The thing is back at 1.0.0, which its group must not contradict.
  const again = { ...rolloutTo('1.0.0'), strategy: { waves: [wave] } };
  await start(stack, again, 'thermostat-1.1.0-wwwwwww5');
  // It waits for a person then, approval or not.
  await inPhase(stack, 'thermostat-1.1.0-wwwwwww5', 'Running', () => Promise.resolve());
  const after = await stack.run('thermostat-1.1.0-wwwwwww6', toThing());
  expect(after.cause).toContain(
    `target: thing/${thing} lies inside ${groupArn}, which is held by rollout thermostat-1.1.0-wwwwwww5`,
  );
});

test('a version that a group of the thing contradicts is refused, with both constraints', async () => {
  const stack = await startStack(thermostats(3));
  const ended = await stack.run(id, toThing());
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidRolloutError' });
  expect(ended.cause).toContain(
    `thinggroup/thermostats pins ${thermostat} 1.0.0; the release pins ${thermostat} 1.1.0: no version meets both`,
  );
  expect(await stack.rollouts.list('all')).toEqual([]);
});

test('an execution that was stopped leaves the thing held until the sweep has taken it back', async () => {
  const stack = await startThings();
  const before = softwareOf(stack);
  await start(stack, toThing());
  await inPhase(stack, id, 'Baking', () =>
    stack.sfn.send(new StopExecutionCommand({ executionArn: executionArn('rollout', id) })),
  );
  await stack.ended(id);
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Failed' });
  const next = await stack.run('thermostat-1.1.0-wwwwwww7', toThing());
  expect(next.cause).toContain(`target: thing/${thing} is held by rollout ${id}`);
  await stack.cloud.clock.advance(3 * 3600);
  await stack.cloud.clock.idle();
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', returned: 1 });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});
