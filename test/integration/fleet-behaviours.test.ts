import { afterEach, describe, expect, test } from '@jest/globals';
import { GetCoreDeviceCommand } from '@aws-sdk/client-greengrassv2';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
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

describe('REJECTED', () => {
  test('changes nothing', async () => {
    await start(1, { outcome: 'REJECTED', errorStack: ['DEPLOYMENT_REJECTED', 'ACCESS_DENIED'] });
    const { deploymentId } = await deploy();
    await fleet.advance(20);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      status: 'REJECTED',
      errorStack: ['DEPLOYMENT_REJECTED', 'ACCESS_DENIED'],
      errorTypes: ['PERMISSION_ERROR'],
    });
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
  });
});

describe('SILENT', () => {
  test('starts and never reports', async () => {
    await start(1, { outcome: 'SILENT' });
    const { deploymentId } = await deploy();
    await fleet.advance(86_400);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('IN_PROGRESS');
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
  });

  test('takes the next deployment once the cloud has ended the silent one', async () => {
    await start(1, { outcome: 'SILENT' });
    const { deploymentId } = await fleet.deploy(
      'thermostats',
      { [thermostat]: '1.1.0' },
      { iotJobConfiguration: { timeoutConfig: { inProgressTimeoutInMinutes: 30 } } },
    );
    await fleet.advance(1900);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('TIMED_OUT');
    const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(60);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 1 });
  });
});

describe('a silent device', () => {
  test('takes the next deployment after the silent one has been superseded', async () => {
    await start(1, { outcome: 'SILENT' });
    await deploy();
    await fleet.advance(60);
    const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(60);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 1 });
  });
});

describe('BROKEN', () => {
  test('succeeds, and breaks after the time that the rule names', async () => {
    await start(1, { outcome: 'BROKEN', afterSeconds: 900 });
    const { deploymentId } = await deploy();
    await fleet.advance(600);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('SUCCEEDED');
    expect(running()).toEqual(['1.1.0', 5, 'RUNNING']);
    await fleet.advance(900);
    expect(running()).toEqual(['1.1.0', 5, 'BROKEN']);
    expect(await status()).toBe('UNHEALTHY');
    expect(fleet.events.at(-1)).toMatchObject({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      account: '123456789012',
      region: 'eu-west-1',
      source: 'aws.greengrass',
      time: expect.stringMatching(/^2026-01-05T08:1\d:\d\dZ$/),
      'detail-type': 'Greengrass V2 Installed Component Status Change',
      resources: ['arn:aws:greengrass:eu-west-1:123456789012:coreDevices:thermostats-0001'],
      detail: {
        components: [
          {
            componentName: thermostat,
            componentVersion: '1.1.0',
            root: true,
            lifecycleState: 'BROKEN',
            lifecycleStatusCodes: ['RUN_ERROR'],
          },
        ],
      },
    });
  });

  test('doesn’t break a version that has been replaced by then', async () => {
    await start(1, { outcome: 'BROKEN', afterSeconds: 3600 });
    await deploy();
    await fleet.advance(600);
    await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(7200);
    expect(running()).toEqual(['1.0.0', 5, 'RUNNING']);
  });

  test('is repaired by any deployment, which installs it anew', async () => {
    await start(1, { outcome: 'OFFLINE', share: 0 });
    fleet.breakComponent(device, thermostat);
    await fleet.advance(1);
    expect(await status()).toBe('UNHEALTHY');
    const { deploymentId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect(running()).toEqual(['1.0.0', 60, 'RUNNING']);
    expect(await status()).toBe('HEALTHY');
    expect((await fleet.installed(device))[1]?.lastInstallationSource).toBe(deploymentId);
  });
});

describe('OFFLINE', () => {
  test('disappears in the middle and tells the result when it is back', async () => {
    await start(1, { outcome: 'OFFLINE', afterSeconds: 5 });
    const { deploymentId } = await deploy();
    await fleet.advance(SETTLE);
    expect(fleet.device(device).isOnline).toBe(false);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('IN_PROGRESS');
    fleet.online(device);
    await fleet.advance(1);
    expect((await fleet.execution(device, deploymentId))?.status).toBe('SUCCEEDED');
  });
});

describe('rules', () => {
  test('apply to their platform alone', async () => {
    await start(100, { outcome: 'FAILED', platform: 'linux/amd64' });
    await deploy();
    await fleet.advance(7200);
    const failed = fleet.emulator.inspect
      .devices()
      .filter((name) => fleet.device(name).components[thermostat]?.version === '1.0.0');
    for (const coreDeviceThingName of failed) {
      const core = await fleet.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName }));
      expect(core.architecture).toBe('amd64');
    }
    expect(Math.abs(failed.length - 20)).toBeLessThan(15);
  });

  test('whose share misses fall through to the next', async () => {
    await start(200, { outcome: 'REJECTED', share: 0.5 }, { outcome: 'FAILED', share: 0.5 });
    const { jobId } = await deploy();
    await fleet.advance(7200);
    const counts = await fleet.counts(jobId);
    expect(Math.abs((counts['rejected'] ?? 0) - 100)).toBeLessThan(25);
    expect(Math.abs((counts['failed'] ?? 0) - 50)).toBeLessThan(20);
    expect(Math.abs((counts['succeeded'] ?? 0) - 50)).toBeLessThan(20);
  });

  test('of another version leave a deployment alone', async () => {
    fleet = await startFleet(
      thermostats(1, {
        behaviours: [{ component: thermostat, version: '1.2.0', outcome: 'FAILED' }],
      }),
    );
    await deploy();
    await fleet.advance(SETTLE);
    expect(running()).toEqual(['1.1.0', 5, 'RUNNING']);
  });
});
