import { expect, test } from '@jest/globals';
import { leftovers, nothingLeft, once, softwareOf } from '../support/bad-releases.js';
import { thermostat } from '../support/fleets.js';
import { say } from '../support/operator.js';
import { startStack } from '../support/stack.js';
import {
  bareThings,
  broken,
  revisionsOf,
  softwareOfThing,
  startThings,
  thing,
  toThing,
} from '../support/thing-rollouts.js';

const id = 'thermostat-1.1.0-ttttttt2';

test('a good release is the new revision of the thing once it has baked there; nobody else gets it', async () => {
  const stack = await startThings();
  const ended = await stack.run(id, { ...toThing(), strategy: {} });
  expect(JSON.parse(ended.output ?? '')).toEqual({ rolloutId: id, phase: 'Promoted' });
  expect(await stack.rollouts.read(id)).toMatchObject({
    phase: 'Promoted',
    admitted: 1,
    judgement: { verdict: 'Promote', reason: 'the device succeeded and is HEALTHY after 30m' },
  });
  expect(softwareOfThing(stack)).toMatchObject({
    version: '1.1.0',
    configuration: { setPointCelsius: 25, sampleSeconds: 30, fresh: 'new' },
  });
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.1.0': 1, none: 2 });
  expect(await revisionsOf(stack)).toEqual([
    ['1.0.0', 'COMPLETED'],
    ['1.1.0', 'COMPLETED'],
  ]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a release that fails is taken back at once, versions and configuration', async () => {
  const stack = await startThings({ behaviours: [broken] });
  const before = softwareOf(stack);
  const ended = await stack.run(id, toThing());
  expect(JSON.parse(ended.output ?? '')).toMatchObject({ phase: 'Aborted', stragglers: 0 });
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Aborted', hit: 1, returned: 1, stragglers: [] });
  expect(rollout.endReason).toMatch(/^the one device is FAILED: .*FAILED_UNABLE_TO_ROLLBACK/);
  expect(softwareOf(stack)).toEqual(before);
  expect(await revisionsOf(stack)).toEqual([
    ['1.0.0', 'COMPLETED'],
    ['1.0.0', 'COMPLETED'],
  ]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a component that breaks during the bake takes the release back', async () => {
  const stack = await startThings();
  const before = softwareOf(stack);
  once(stack, id, 'Baking', () => {
    stack.cloud.emulator.inject.breakComponent(thing, thermostat);
    return Promise.resolve();
  });
  await stack.run(id, toThing());
  const rollout = await stack.rollouts.existing(id);
  expect(rollout).toMatchObject({ phase: 'Aborted', returned: 1 });
  expect(rollout.endReason).toContain(`UNHEALTHY: ${thermostat} 1.1.0 is BROKEN`);
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a failure by the network holds; what a person does then counts, and nothing was evidence', async () => {
  const offline = {
    component: thermostat,
    version: '1.1.0',
    outcome: 'FAILED' as const,
    detailedStatus: 'FAILED_NO_STATE_CHANGE' as const,
    errorStack: ['DEPLOYMENT_FAILURE', 'ARTIFACT_DOWNLOAD_ERROR', 'NETWORK_ERROR'],
    errorTypes: ['NETWORK_ERROR' as const],
  };
  const stack = await startThings({ behaviours: [offline] });
  const before = softwareOf(stack);
  await stack.run(id, toThing());
  const held = await stack.rollouts.existing(id);
  expect(held).toMatchObject({
    phase: 'Held',
    evidence: { failedRanks: { deployment: [] }, apart: [{ rank: 0, cause: 'infrastructure' }] },
    judgement: { numbers: { failed: 0, apart: 1 } },
  });
  expect(held.judgement?.reason).toMatch(/^not by the release \(infrastructure\): .* FAILED/);
  await say(stack, id, 'abort', 'the uplink is down for days');
  await stack.ended(id);
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', stragglers: [] });
  expect(softwareOf(stack)).toEqual(before);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('a thing that had no deployment has none again', async () => {
  const stack = await startStack(bareThings({ behaviours: [broken] }));
  const before = softwareOf(stack);
  await stack.run(id, toThing());
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', hit: 1, returned: 1 });
  expect(softwareOf(stack)).toEqual(before);
  expect(await revisionsOf(stack)).toEqual([]);
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});

test('onAbort stop leaves the device as it is', async () => {
  const stack = await startThings({ behaviours: [broken] });
  await stack.run(id, toThing({ onAbort: 'stop' }));
  expect(await stack.rollouts.read(id)).toMatchObject({ phase: 'Aborted', returned: 0 });
  expect(softwareOfThing(stack)?.version).toBe('1.1.0');
  expect(await leftovers(stack, id)).toEqual(nothingLeft);
});
