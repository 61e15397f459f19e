import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { expect, test } from '@jest/globals';
import { connectGreengrass } from '../../src/aws/greengrass.js';
import { observeWave } from '../../src/aws/observation.js';
import { admitMembers } from '../../src/aws/rollout-group.js';
import { parseRolloutFile } from '../../src/domain/rollout-file.js';
import { planRollout } from '../../src/domain/rollout-plan.js';
import { plannedRollout } from '../../src/domain/planned-rollout.js';
import { undemanding } from '../unit/domain/preflight/cloud.js';
import { rolloutTo, thermostat, thermostats } from '../support/fleets.js';
import { startStack } from '../support/stack.js';

const target = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/thermostats';

/** A wave of so many devices, three of which fail, admitted and looked at once they have all answered. */
async function lookAt(devices: number) {
  const fleet = thermostats(devices, {
    behaviours: [
      { component: thermostat, version: '1.1.0', platform: 'linux/armv7l', outcome: 'FAILED' },
    ],
  });
  const stack = await startStack({
    ...fleet,
    thingGroups: {
      ...fleet.thingGroups,
      fragile: {
        count: 3,
        platforms: { 'linux/armv7l': 1 },
        deploySeconds: { median: 40, p99: 300 },
      },
    },
  });
  const { emulator } = stack.cloud;
  const { config, iot, rollouts } = stack;
  const greengrass = connectGreengrass(new GreengrassV2Client(config));
  const file = parseRolloutFile(rolloutTo('1.1.0'), 'rollout');
  const [baseline] = await greengrass.revisions(target);
  const document = { components: { [thermostat]: { componentVersion: '1.0.0' } } };
  const { deploymentId, revisionId } = baseline ?? { deploymentId: '', revisionId: '' };
  const order = [
    ...Array.from({ length: devices }, (_, i) => `thermostats-${String(i + 1).padStart(4, '0')}`),
    ...['fragile-0001', 'fragile-0002', 'fragile-0003'],
  ].map((thing) => ({ thing, platform: 'linux/aarch64' }));
  const plan = planRollout('calls-aaaaaaaa', file, {
    readAt: emulator.clock.now(),
    targetArn: target,
    exists: true,
    members: order.map(({ thing }) => thing),
    coreDevices: order.map(({ thing, platform }) => ({
      thing,
      platform,
      status: 'HEALTHY' as const,
      lastStatusUpdateAt: emulator.clock.now(),
    })),
    revisions: [{ deploymentId, revisionId, deploymentStatus: 'ACTIVE', creationAt: 0, document }],
    components: [{ name: thermostat, version: '1.1.0', state: 'DEPLOYABLE' }],
    openRollouts: [],
    preflight: undemanding(file, [{ document }]),
  });
  const rollout = plannedRollout(plan, {
    rolloutId: 'calls-aaaaaaaa',
    file,
    targetArn: target,
    executionArn: 'none',
    at: '2026-01-05T08:00:00Z',
  });
  const rolloutGroupArn = await iot.createThingGroup(rollout.rolloutGroupName, 'calls');
  const created = await greengrass.createDeployment(plan.releaseDocument, {
    targetArn: rolloutGroupArn,
    parentTargetArn: target,
    inProgressTimeoutInMinutes: 30,
    clientToken: 'calls',
    tags: { test: 'calls' },
  });
  const own = { rolloutGroupArn, deploymentId: created.deploymentId, jobId: created.iotJobId };
  await rollouts.saveOrder('calls-aaaaaaaa', order);
  await admitMembers(iot, rollout, 0, order);
  await emulator.clock.advance(7200);
  const before = emulator.inspect.calls();
  const seen = await observeWave(
    { greengrass, iot, rollouts },
    { ...rollout, ...own },
    emulator.clock.now(),
  );
  const after = emulator.inspect.calls();
  const calls = Object.entries(after).map(([name, n]) => [name, n - (before[name] ?? 0)] as const);
  return {
    counts: seen.observation.counts,
    calls: Object.fromEntries(calls.filter(([, n]) => n > 0)),
  };
}

test('a look at 100 devices and one at 5,000 with the same failures make the same calls', async () => {
  const small = await lookAt(100);
  const large = await lookAt(5000);
  expect(small.counts).toMatchObject({ succeeded: 100, failed: 3 });
  expect(large.counts).toMatchObject({ succeeded: 5000, failed: 3 });
  expect(small.calls).toEqual({
    'IoT.DescribeJob': 1,
    'Greengrass.GetDeployment': 1,
    'IoT.ListJobExecutionsForJob': 1,
    'Greengrass.ListCoreDevices': 1,
    'Greengrass.ListEffectiveDeployments': 3,
  });
  expect(large.calls).toEqual(small.calls);
});
