import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test } from '@jest/globals';
import { connectRolloutEvents } from '../../src/aws/rollout-events.js';
import { rolloutTo, thermostats } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

const rollout = {
  ...rolloutTo('1.1.0'),
  strategy: {
    waves: [
      { devices: 2, bake: '2m', approval: false },
      { percent: 100, bake: '2m' },
    ],
  },
};

test('people hear how a rollout ends, late if SNS is down meanwhile; the rollout waits for nobody', async () => {
  const stack = await startStack(thermostats(4));
  const { cloud, config } = stack;
  const down = (services: string[]) =>
    fetch(`${cloud.url}/_greenwave/outages`, {
      method: 'POST',
      body: JSON.stringify({ services }),
    });
  const told = () => cloud.messages().map(({ message }) => message);

  await down(['SNS']);
  expect((await stack.run('thermostat-1.1.0-aaaaaaaa', rollout)).status).toBe('SUCCEEDED');
  expect(told()).toEqual([]);
  await cloud.clock.advance(3600);
  await down([]);
  await cloud.clock.advance(1200);
  expect(told()).toEqual([
    expect.stringMatching(
      /^"Rollout thermostat-1\.1\.0-aaaaaaaa on thinggroup\/thermostats is Promoted, after Promoting: .*"$/,
    ),
  ]);
  expect(cloud.messages()[0]?.topicArn).toBe(
    'arn:aws:sns:eu-west-1:123456789012:greenwave-dev-rollouts',
  );
  // Running, Baking, Running, Baking, Promoting, Promoted, and nothing twice.
  expect(cloud.calls()).toMatchObject({ 'EventBridge.PutEvents': 6 });
  const ended = await stack.rollouts.existing('thermostat-1.1.0-aaaaaaaa');
  expect(ended.announced).toBe('Promoted');

  await down(['EventBridge']);
  const events = connectRolloutEvents(new EventBridgeClient({ ...config, maxAttempts: 1 }));
  const event = { detailType: 'Greenwave Rollout Phase Changed', detail: {} } as const;
  expect(await events.tell(event)).toBe(false);
  await down([]);
  expect(await events.tell(event)).toBe(true);

  // As if the bus had been down at the last write: the hourly sweep tells the end, as soon as the bus is back.
  const toldBefore = told().length;
  await stack.rollouts.save({ ...ended, announced: 'Promoting' });
  await down(['EventBridge']);
  await cloud.clock.advance(3600);
  expect(await stack.rollouts.list('sweep')).toMatchObject([{ announced: 'Promoting' }]);
  expect(await stack.rollouts.withGroups()).toEqual([]);
  await down([]);
  await cloud.clock.advance(3600);
  expect(await stack.rollouts.list('sweep')).toEqual([]);
  expect(await stack.rollouts.existing(ended.rolloutId)).toMatchObject({
    announced: 'Promoted',
    phase: 'Promoted',
  });
  expect(told()).toHaveLength(toldBefore + 1);
});
