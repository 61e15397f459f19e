import { expect, test } from '@jest/globals';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

test('devices with a nucleus before 2.9 are no failures, and get the release when the target is promoted', async () => {
  const stack = await startStack(
    thermostats(60, { group: { nucleus: { '2.15.0': 0.85, '2.8.1': 0.15 } } }),
  );
  const rolloutId = 'thermostat-1.1.0-iiiiiiii';
  await stack.run(rolloutId, rolloutTo('1.1.0'));
  const rollout = await stack.rollouts.read(rolloutId);
  expect(rollout).toMatchObject({
    phase: 'Promoted',
    failures: [],
    evidence: { failedRanks: { deployment: [] } },
  });
  expect(rollout?.skipped.length).toBeGreaterThan(0);
  for (const { reason } of rollout?.skipped ?? [])
    expect(reason).toContain('NUCLEUS_MISSING_REQUIRED_CAPABILITIES');
  expect(stack.cloud.emulator.inspect.versions(thermostat)).toEqual({ '1.1.0': 60 });
});
