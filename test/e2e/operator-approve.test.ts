import { expect, test } from '@jest/globals';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { inPhase, say } from '../support/operator.js';
import { startStack } from '../support/stack.js';
import { greenwave } from './run-greenwave.js';

const file = rolloutTo('1.1.0');
const asking = {
  ...file,
  strategy: {
    ...file.strategy,
    waves: [{ name: 'canary', devices: 5, bake: '5m', approval: true }],
  },
};

test('a wave that needs approval waits for it while time stands still, then goes on', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-aaaaaaaa';
  const ended = await stack.run(rolloutId, asking);
  expect(ended.status).toBe('RUNNING');
  const waiting = await stack.rollouts.read(rolloutId);
  expect(waiting).toMatchObject({ phase: 'AwaitingApproval', wave: 0, admitted: 5 });

  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const status = await greenwave(['status', rolloutId], environment);
  expect(status.stdout).toContain('AwaitingApproval');
  const unreasoned = await greenwave(['approve', rolloutId], environment);
  expect(unreasoned).toMatchObject({ code: 1, stdout: '' });
  expect(unreasoned.stderr).toContain('--reason is missing: say why, for the history');
  const approved = await greenwave(
    ['approve', rolloutId, '--reason', 'looks good', '--json'],
    environment,
  );
  expect(approved.code).toBe(0);
  expect(JSON.parse(approved.stdout)).toMatchObject({
    id: rolloutId,
    wants: 'approve',
    reason: 'looks good',
    phase: 'AwaitingApproval',
    isWoken: true,
  });

  expect((await stack.ended(rolloutId)).status).toBe('SUCCEEDED');
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({ phase: 'Promoted' });
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.1.0': 20 });
  const events = await stack.rollouts.events(rolloutId);
  const by: unknown = expect.stringContaining('@');
  expect(events.find(({ step }) => step === 'Approve')).toMatchObject({
    actor: by,
    why: 'looks good',
  });
  const decided = events.find(({ what }) => what === 'Promote in wave canary');
  expect(decided).toMatchObject({ actor: by, why: expect.stringContaining('looks good') });
});

test('nothing is approved where nothing waits for it, and nothing after the end', async () => {
  const stack = await startStack(thermostats(20));
  const rolloutId = 'thermostat-1.1.0-bbbbbbbb';
  await stack.start(rolloutId, { rolloutId, rollout: file, startedBy: 'test' });
  const early = inPhase(stack, rolloutId, 'Running', () =>
    say(stack, rolloutId, 'approve', 'looks good'),
  );
  await expect(early).rejects.toThrow(
    'approve: rollout thermostat-1.1.0-bbbbbbbb is Running: nothing waits for approval',
  );
  await stack.ended(rolloutId);
  const late = say(stack, rolloutId, 'approve', 'looks good');
  await expect(late).rejects.toThrow(
    'approve: rollout thermostat-1.1.0-bbbbbbbb has ended: it is Promoted',
  );
});

/** Half of them go away before they hear of the release. */
const leaving: Partial<FleetFile> = {
  timeline: [{ at: '1s', group: 'thermostats', share: 0.5, does: 'offline' }],
};

test('a wave that can not be reached is held with exit code 3 until a person approves it', async () => {
  const stack = await startStack(thermostats(20, leaving));
  const rolloutId = 'thermostat-1.1.0-cccccccc';
  await stack.run(rolloutId, file);
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({ phase: 'Held', wave: 0 });
  const environment = { AWS_ENDPOINT_URL: stack.cloud.url };
  const status = await greenwave(['status', rolloutId, '--json'], environment);
  expect(status.code).toBe(3);
  expect(JSON.parse(status.stdout)).toMatchObject({ phase: 'Held', verdict: 'Hold' });

  const { next } = await say(stack, rolloutId, 'approve', 'the others are away for winter');
  expect(next).toBe('It looks now: it goes on to what comes after this wave.');
  await stack.cloud.clock.idle();
  expect(await stack.rollouts.read(rolloutId)).toMatchObject({ wave: 1, approvedWaves: [0] });
});
