import { afterEach, describe, expect, test } from '@jest/globals';
import {
  CancelDeploymentCommand,
  DeleteDeploymentCommand,
  GetCoreDeviceCommand,
} from '@aws-sdk/client-greengrassv2';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const device = 'thermostats-0001';
const SETTLE = 1800;

type Rule = NonNullable<FleetFile['behaviours']>[number];
const start = async (count: number, ...rules: Omit<Rule, 'component' | 'version'>[]) => {
  fleet = await startFleet(
    thermostats(count, {
      behaviours: rules.map((rule) => ({ component: thermostat, version: '1.1.0', ...rule })),
    }),
  );
};
const deploy = (failureHandlingPolicy?: 'ROLLBACK' | 'DO_NOTHING') =>
  fleet.deploy(
    'thermostats',
    {},
    {
      components: {
        [thermostat]: {
          componentVersion: '1.1.0',
          configurationUpdate: { merge: '{"sampleSeconds":5}' },
        },
      },
      ...(failureHandlingPolicy && { deploymentPolicies: { failureHandlingPolicy } }),
    },
  );
const running = () => {
  const component = fleet.device(device).components[thermostat];
  return [component?.version, component?.configuration['sampleSeconds'], component?.lifecycleState];
};
const status = async () =>
  (await fleet.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName: device }))).status;

describe('FAILED', () => {
  test('goes back to the old version and configuration by itself', async () => {
    await start(1, { outcome: 'FAILED' });
    const { deploymentId } = await deploy();
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toEqual({
      status: 'FAILED',
      reason:
        'COMPONENT_BROKEN: FAILED_ROLLBACK_COMPLETE: Service com.example.Thermostat in broken state after deployment',
      errorStack: ['DEPLOYMENT_FAILURE', 'COMPONENT_UPDATE_ERROR', 'COMPONENT_BROKEN'],
      errorTypes: ['USER_COMPONENT_ERROR'],
    });
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
    expect(await status()).toBe('HEALTHY');
  });

  test('goes back also to what a deployment brought that is deleted meanwhile', async () => {
    await start(1, { outcome: 'FAILED' });
    const before = fleet.emulator.inspect.deployments()[0]?.deploymentId ?? '';
    await fleet.greengrass.send(new CancelDeploymentCommand({ deploymentId: before }));
    await fleet.greengrass.send(new DeleteDeploymentCommand({ deploymentId: before }));
    const { deploymentId } = await deploy();
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      reason: expect.stringMatching(/FAILED_ROLLBACK_COMPLETE/),
    });
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
    expect((await fleet.installed(device))[1]).toMatchObject({
      componentVersion: '1.0.0',
      lastInstallationSource: before,
    });
  });

  test('with DO_NOTHING stays on the new version, broken', async () => {
    await start(1, { outcome: 'FAILED' });
    const { deploymentId } = await deploy('DO_NOTHING');
    await fleet.advance(SETTLE);
    expect((await fleet.execution(device, deploymentId))?.reason).toMatch(
      /FAILED_ROLLBACK_NOT_REQUESTED/,
    );
    expect(running()).toEqual(['1.1.0', 5, 'BROKEN']);
    expect(await status()).toBe('UNHEALTHY');
    expect((await fleet.installed(device))[1]).toMatchObject({
      lifecycleState: 'BROKEN',
      lifecycleStatusCodes: ['STARTUP_ERROR'],
      lifecycleStateDetails:
        'An error occurred during startup. The startup script exited with code 1.',
    });
  });

  test('before the merge changes nothing whatever the policy', async () => {
    await start(1, { outcome: 'FAILED', detailedStatus: 'FAILED_NO_STATE_CHANGE' });
    const { deploymentId } = await deploy('DO_NOTHING');
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      reason: expect.stringMatching(/^S3_HEAD_OBJECT_ACCESS_DENIED: FAILED_NO_STATE_CHANGE: /),
      errorTypes: ['DEPENDENCY_ERROR', 'PERMISSION_ERROR'],
    });
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
  });

  test('unable to roll back leaves the device broken', async () => {
    await start(1, { outcome: 'FAILED', detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' });
    await deploy();
    await fleet.advance(SETTLE);
    expect(running()).toEqual(['1.1.0', 5, 'BROKEN']);
  });

  test.each([
    ['FAILED_ROLLBACK_COMPLETE', 'DO_NOTHING', 'FAILED_ROLLBACK_NOT_REQUESTED', '1.1.0'],
    ['FAILED_UNABLE_TO_ROLLBACK', 'DO_NOTHING', 'FAILED_ROLLBACK_NOT_REQUESTED', '1.1.0'],
    ['FAILED_ROLLBACK_NOT_REQUESTED', 'ROLLBACK', 'FAILED_ROLLBACK_COMPLETE', '1.0.0'],
  ] as const)('%s with %s is %s: the policy decides', async (written, policy, told, version) => {
    await start(1, { outcome: 'FAILED', detailedStatus: written });
    const { deploymentId } = await deploy(policy);
    await fleet.advance(SETTLE);
    expect((await fleet.execution(device, deploymentId))?.reason).toContain(`: ${told}: `);
    expect(running()[0]).toBe(version);
  });

  test.each([
    ['DO_NOTHING', '1.0.0', 'requires =1.1.0'],
    ['ROLLBACK', '1.1.0', 'requires =1.0.0'],
  ] as const)(
    'with %s and unable to roll back: %s beside the group is refused, which %s',
    async (policy, version, asks) => {
      await start(1, { outcome: 'FAILED', detailedStatus: 'FAILED_UNABLE_TO_ROLLBACK' });
      await deploy(policy);
      await fleet.advance(SETTLE);
      expect(running()[0]).toBe('1.1.0');
      const { deploymentId } = await fleet.deploy(device, { [thermostat]: version });
      await fleet.advance(SETTLE);
      expect((await fleet.execution(device, deploymentId))?.reason).toContain(
        `thinggroup/thermostats ${asks}`,
      );
    },
  );

  test.each([
    [['DISK_SPACE_CRITICAL'], ['DEVICE_ERROR']],
    [
      ['ARTIFACT_DOWNLOAD_ERROR', 'IO_ERROR', 'HTTP_REQUEST_ERROR', 'NETWORK_ERROR'],
      ['HTTP_ERROR', 'NETWORK_ERROR'],
    ],
    [['COMPONENT_UPDATE_ERROR', 'COMPONENT_BOOTSTRAP_TIMEOUT'], ['USER_COMPONENT_ERROR']],
    [['DEPLOYMENT_INTERRUPTED'], []],
  ])('carries the codes of the rule, %j, with their types %j', async (codes, errorTypes) => {
    await start(1, { outcome: 'FAILED', errorStack: ['DEPLOYMENT_FAILURE', ...codes] });
    const { deploymentId } = await deploy();
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      errorStack: ['DEPLOYMENT_FAILURE', ...codes],
      errorTypes,
    });
  });

  test('carries the types of the rule where it has some', async () => {
    await start(1, { outcome: 'FAILED', errorTypes: ['UNKNOWN_ERROR'] });
    const { deploymentId } = await deploy();
    await fleet.advance(SETTLE);
    expect((await fleet.execution(device, deploymentId))?.errorTypes).toEqual(['UNKNOWN_ERROR']);
  });

  test('of a component of AWS’s is told as such', async () => {
    const component = 'aws.greengrass.Example';
    fleet = await startFleet({
      thingGroups: { thermostats: { count: 1 } },
      behaviours: [{ component, version: '1.0.0', outcome: 'FAILED' }],
    });
    await publishComponent(fleet.greengrass, component, '1.0.0');
    await fleet.advance(10);
    const { deploymentId } = await fleet.deploy('thermostats', { [component]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect((await fleet.execution(device, deploymentId))?.errorTypes).toEqual([
      'AWS_COMPONENT_ERROR',
    ]);
  });

  test('hits the share of the fleet that the rule names, and the same devices again', async () => {
    await start(200, { outcome: 'FAILED', share: 0.3 });
    const { jobId } = await deploy();
    await fleet.advance(7200);
    const first = fleet.versions();
    expect((await fleet.counts(jobId))['failed']).toBe(first['1.0.0']);
    expect(Math.abs((first['1.0.0'] ?? 0) - 60)).toBeLessThan(20);
    await deploy();
    await fleet.advance(7200);
    expect(fleet.versions()).toEqual(first);
  });
});
