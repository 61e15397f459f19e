import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { startStack } from '../support/stack.js';
import { greenwave } from './run-greenwave.js';

const file = rolloutTo('1.1.0');
const Found = z.looseObject({ components: z.array(z.looseObject({ name: z.string() })) });

test('explain tells what runs on a device, which rollout brought it, and what one waits for', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
  const waves = [{ name: 'canary', devices: 5, bake: '5m', approval: true }];
  await stack.run(rolloutId, { ...file, strategy: { ...file.strategy, waves } });
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const order = await stack.rollouts.order(rolloutId, 0, 20);

  const admitted = await greenwave(['explain', order[0]?.thing ?? '', '--json'], environment);
  expect(admitted.code).toBe(0);
  const found = Found.parse(JSON.parse(admitted.stdout));
  expect(found).toMatchObject({
    status: 'HEALTHY',
    rollouts: [{ id: rolloutId, rank: 1, place: 'rank 1 of 20: admitted in wave canary' }],
  });
  expect(found.components.find(({ name }) => name === thermostat)).toMatchObject({
    version: '1.1.0',
    from: `release of ${rolloutId}`,
  });

  const waiting = await greenwave(['explain', order[19]?.thing ?? ''], environment);
  expect(waiting.stdout).toContain(
    'rank 20 of 20, wave 100%: waits for its turn, 5 ranks have been handed out, the rollout is AwaitingApproval: wave canary awaits approval',
  );
  const unknown = await greenwave(['explain', 'nobody'], environment);
  expect(unknown).toMatchObject({
    code: 1,
    stderr: 'greenwave: nobody is no core device of this account and Region\n',
  });
});
