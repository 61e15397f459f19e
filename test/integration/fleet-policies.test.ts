import { afterEach, describe, expect, test } from '@jest/globals';
import { CancelDeploymentCommand, type DeploymentPolicies } from '@aws-sdk/client-greengrassv2';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const device = 'thermostats-0001';
type Rule = NonNullable<FleetFile['behaviours']>[number];

/** Thermostats of which 1.0.0, which runs, answers like this; a deployment takes a minute besides. */
const start = async (
  rule: Omit<Rule, 'component' | 'version'>,
  assumptions: FleetFile['assumptions'] = {},
) => {
  fleet = await startFleet(
    thermostats(1, {
      group: { count: 1, deploySeconds: { median: 60, p99: 60 } },
      behaviours: [{ component: thermostat, version: '1.0.0', ...rule }],
      assumptions,
    }),
  );
};
const update = async (deploymentPolicies: DeploymentPolicies = {}, version = '1.1.0') => {
  const { deploymentId } = await fleet.deploy(
    'thermostats',
    {},
    {
      components: {
        [thermostat]: {
          componentVersion: version,
          configurationUpdate: { merge: '{"sampleSeconds":5}' },
        },
      },
      deploymentPolicies,
    },
  );
  return deploymentId;
};
const status = async (deploymentId: string) =>
  (await fleet.execution(device, deploymentId))?.status;
/** The first time, in steps of 5 s, at which the execution isn't IN_PROGRESS or QUEUED any more. */
const endsAfter = async (deploymentId: string) => {
  for (let seconds = 5; seconds < 10_000; seconds += 5) {
    await fleet.advance(5);
    if (!/QUEUED|IN_PROGRESS/.test((await status(deploymentId)) ?? '')) return seconds;
  }
  return Infinity;
};

describe('a component that defers', () => {
  test('holds the deployment up as often as it defers', async () => {
    await start({ outcome: 'DEFERS', deferSeconds: 300, times: 2 });
    const seconds = await endsAfter(await update());
    expect(seconds).toBeGreaterThanOrEqual(660);
    expect(seconds).toBeLessThanOrEqual(680);
    expect(fleet.versions()).toEqual({ '1.1.0': 1 });
  });

  test('may do so for ever', async () => {
    await start({ outcome: 'DEFERS', deferSeconds: 300 });
    const id = await update();
    await fleet.advance(7 * 86_400);
    expect(await status(id)).toBe('IN_PROGRESS');
  });

  test('defers a deployment that doesn’t concern it, too', async () => {
    await start({ outcome: 'DEFERS', deferSeconds: 300, times: 1 });
    const { deploymentId } = await fleet.deploy(device, {});
    expect(await endsAfter(deploymentId)).toBeGreaterThanOrEqual(300);
  });

  test('isn’t asked with SKIP_NOTIFY_COMPONENTS', async () => {
    await start({ outcome: 'DEFERS' });
    const id = await update({ componentUpdatePolicy: { action: 'SKIP_NOTIFY_COMPONENTS' } });
    expect(await endsAfter(id)).toBeLessThanOrEqual(80);
  });

  test('leaves the deployment where it can be cancelled, and the device as it was', async () => {
    await start({ outcome: 'DEFERS' });
    const deploymentId = await update();
    await fleet.advance(600);
    await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId }));
    await fleet.advance(600);
    expect(fleet.versions()).toEqual({ '1.0.0': 1 });
    // The device doesn't tell it: a job that is cancelled takes no update.
    expect(await status(deploymentId)).toBe('IN_PROGRESS');
    const { deploymentId: next } = await fleet.deploy(
      'thermostats',
      { [thermostat]: '1.0.0' },
      { deploymentPolicies: { componentUpdatePolicy: { action: 'SKIP_NOTIFY_COMPONENTS' } } },
    );
    expect(await endsAfter(next)).toBeLessThanOrEqual(20);
  });
});

describe('a component that doesn’t answer', () => {
  test('has agreed to the update after the time-out, 60 s by default', async () => {
    await start({ outcome: 'NO_ANSWER' });
    const seconds = await endsAfter(await update());
    expect(seconds).toBeGreaterThanOrEqual(120);
    expect(seconds).toBeLessThanOrEqual(140);
  });

  test('has agreed after the deployment’s own time-out', async () => {
    await start({ outcome: 'NO_ANSWER' });
    const seconds = await endsAfter(
      await update({ componentUpdatePolicy: { timeoutInSeconds: 600 } }),
    );
    expect(seconds).toBeGreaterThanOrEqual(660);
    expect(seconds).toBeLessThanOrEqual(680);
  });

  test('to the question about its configuration lets the deployment proceed', async () => {
    await start({ outcome: 'NO_ANSWER' });
    const policies: DeploymentPolicies = {
      componentUpdatePolicy: { action: 'SKIP_NOTIFY_COMPONENTS' },
      configurationValidationPolicy: { timeoutInSeconds: 200 },
    };
    const id = await update(policies, '1.0.0');
    const seconds = await endsAfter(id);
    expect(seconds).toBeGreaterThanOrEqual(260);
    expect(seconds).toBeLessThanOrEqual(280);
    expect(await status(id)).toBe('SUCCEEDED');
  });

  test('to that question fails the deployment where that is assumed', async () => {
    await start({ outcome: 'NO_ANSWER' }, { validationTimeoutFails: true });
    const id = await update({}, '1.0.0');
    await endsAfter(id);
    expect(await fleet.execution(device, id)).toMatchObject({
      status: 'FAILED',
      reason: expect.stringMatching(
        /^COMPONENT_CONFIGURATION_NOT_VALID: FAILED_NO_STATE_CHANGE: Error while waiting for validation report/,
      ),
    });
  });
});

describe('a component that finds its configuration invalid', () => {
  test('fails the deployment, and nothing has changed', async () => {
    await start({ outcome: 'INVALID_CONFIGURATION' });
    const id = await update({ failureHandlingPolicy: 'DO_NOTHING' }, '1.0.0');
    await endsAfter(id);
    expect(await fleet.execution(device, id)).toMatchObject({
      status: 'FAILED',
      reason: expect.stringMatching(
        /^COMPONENT_CONFIGURATION_NOT_VALID: FAILED_NO_STATE_CHANGE: Components reported that their to-be-deployed configuration is invalid/,
      ),
      errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_CONFIGURATION_NOT_VALID'],
      errorTypes: ['USER_COMPONENT_ERROR'],
    });
    expect(fleet.device(device).components[thermostat]).toMatchObject({
      configuration: { sampleSeconds: 60 },
      lifecycleState: 'RUNNING',
    });
  });

  test('isn’t asked when its version changes', async () => {
    await start({ outcome: 'INVALID_CONFIGURATION' });
    const id = await update();
    await endsAfter(id);
    expect(await status(id)).toBe('SUCCEEDED');
  });

  test('isn’t asked when its configuration stays', async () => {
    await start({ outcome: 'INVALID_CONFIGURATION' });
    const { deploymentId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await endsAfter(deploymentId);
    expect(await status(deploymentId)).toBe('SUCCEEDED');
  });
});
