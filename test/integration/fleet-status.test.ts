import { afterEach, describe, expect, test } from '@jest/globals';
import { GetCoreDeviceCommand, ListInstalledComponentsCommand } from '@aws-sdk/client-greengrassv2';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const device = 'thermostats-0001';
const start = async () => {
  fleet = await startFleet(
    thermostats(1, { group: { count: 1, deploySeconds: { median: 60, p99: 60 } } }),
  );
};
const component = async (name = thermostat) =>
  (await fleet.installed(device)).find(({ componentName }) => componentName === name);
const reportedAt = async () =>
  (await fleet.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName: device })))
    .lastStatusUpdateTimestamp;
const nucleus = 'aws.greengrass.Nucleus';
/** As ListInstalledComponents has it where nothing else is asked for. */
const roots = async () => {
  const { installedComponents = [] } = await fleet.greengrass.send(
    new ListInstalledComponentsCommand({ coreDeviceThingName: device }),
  );
  return installedComponents.map(({ componentName }) => componentName);
};

describe('lastInstallationSource', () => {
  test('is LOCAL for what the installer brought', async () => {
    await start();
    expect((await component(nucleus))?.lastInstallationSource).toBe('LOCAL');
  });

  test('is the last deployment that named the component, changed or not', async () => {
    await start();
    const { deploymentId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(60);
    expect((await component())?.lastInstallationSource).toBe(deploymentId);
    expect((await component(nucleus))?.lastInstallationSource).toBe('LOCAL');
  });

  test('stays when the deployment fails', async () => {
    await start();
    const before = (await component())?.lastInstallationSource;
    await fleet.deploy('thermostats', { [thermostat]: '9.0.0' });
    await fleet.advance(60);
    expect((await component())?.lastInstallationSource).toBe(before);
  });

  test('is any deployment that reaches the device, for a component that was BROKEN', async () => {
    await start();
    fleet.breakComponent(device, thermostat);
    const { deploymentId } = await fleet.deploy(device, {});
    await fleet.advance(120);
    expect(await component()).toMatchObject({
      lifecycleState: 'RUNNING',
      lastInstallationSource: deploymentId,
    });
  });
});

describe('times', () => {
  test('of a component that a deployment names and leaves move by the report alone', async () => {
    await start();
    const before = await component();
    await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(60);
    const after = await component();
    expect(after?.lastStatusChangeTimestamp).toEqual(before?.lastStatusChangeTimestamp);
    expect(after?.lastReportedTimestamp).not.toEqual(before?.lastReportedTimestamp);
  });

  test('of a component that no message is about stay', async () => {
    await start();
    const before = await component(nucleus);
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(120);
    expect(await component(nucleus)).toEqual(before);
    expect((await component())?.lastStatusChangeTimestamp).not.toEqual(
      before?.lastStatusChangeTimestamp,
    );
  });

  test('of all components move with the regular report', async () => {
    await start();
    await fleet.advance(86_400);
    const all = await fleet.installed(device);
    const reported = all.map(({ lastReportedTimestamp }) => lastReportedTimestamp);
    expect(reported).toEqual([await reportedAt(), await reportedAt()]);
  });

  test('of all components stay while a deployment is in progress', async () => {
    await start();
    fleet.stick(device);
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(15);
    const before = await reportedAt();
    await fleet.advance(2 * 86_400);
    expect(await reportedAt()).toEqual(before);
  });

  test('of the device move when it receives a deployment', async () => {
    await start();
    const before = await reportedAt();
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(15);
    expect(await reportedAt()).not.toEqual(before);
  });
});

describe('times after a rollback', () => {
  const other = 'com.example.Other';
  /** Thermostat 1.1.0 fails and the device goes back; a second after that. */
  const startAndGoBack = async () => {
    fleet = await startFleet(
      thermostats(1, {
        group: { deploySeconds: { median: 60, p99: 60 } },
        behaviours: [{ component: thermostat, version: '1.1.0', outcome: 'FAILED' }],
      }),
    );
    await publishComponent(fleet.greengrass, other, '1.0.0');
    await fleet.advance(10);
    await fleet.deploy(device, { [other]: '1.0.0' });
    await fleet.advance(120);
    const [before, untouched] = [await component(), await component(other)];
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    return { before, untouched };
  };
  const changedAt = async (name?: string) =>
    (await component(name))?.lastStatusChangeTimestamp?.getTime() ?? 0;

  test('are those of the rollback for what had been started', async () => {
    const { before, untouched } = await startAndGoBack();
    await fleet.advance(60);
    const erred = await component();
    expect(erred).toMatchObject({ componentVersion: '1.1.0', lifecycleState: 'ERRORED' });
    await fleet.advance(30);
    expect(await component()).toMatchObject({
      componentVersion: '1.0.0',
      lifecycleState: 'RUNNING',
      lastInstallationSource: before?.lastInstallationSource,
    });
    expect(await changedAt()).toBeGreaterThan(erred?.lastStatusChangeTimestamp?.getTime() ?? 0);
    expect(await component(other)).toEqual(untouched);
  });

  test('are those of the rollback for what has broken in between, which runs again', async () => {
    await startAndGoBack();
    await fleet.advance(60);
    fleet.breakComponent(device, other);
    expect(await component(other)).toMatchObject({ lifecycleState: 'BROKEN' });
    const broken = await changedAt(other);
    await fleet.advance(30);
    expect(await component(other)).toMatchObject({ lifecycleState: 'RUNNING' });
    expect(await changedAt(other)).toBeGreaterThan(broken);
  });
});

describe('messages', () => {
  test('that a deployment has succeeded make roots of what it names, changed or not', async () => {
    fleet = await startFleet(thermostats(1));
    await publishComponent(fleet.greengrass, 'com.example.Base', '1.0.0');
    await publishComponent(fleet.greengrass, 'com.example.Needs', '1.0.0', {
      dependencies: { 'com.example.Base': '^1.0.0' },
    });
    await fleet.advance(10);
    await fleet.deploy(device, { 'com.example.Needs': '1.0.0' });
    await fleet.advance(900);
    expect(await roots()).toEqual([nucleus, thermostat, 'com.example.Needs']);
    await fleet.deploy(device, { 'com.example.Needs': '1.0.0', 'com.example.Base': '1.0.0' });
    await fleet.advance(60);
    expect(await roots()).toEqual([nucleus, thermostat, 'com.example.Needs', 'com.example.Base']);
  });

  test('that a component is gone take it off the list', async () => {
    await start();
    await fleet.deploy('thermostats', {});
    await fleet.advance(60);
    expect(await component()).toBeUndefined();
  });

  test('about reconnecting are a minute apart', async () => {
    await start();
    fleet.offline(device);
    await fleet.advance(10);
    fleet.online(device);
    const first = await reportedAt();
    fleet.offline(device);
    fleet.breakComponent(device, thermostat);
    await fleet.advance(10);
    fleet.online(device);
    expect(await reportedAt()).toEqual(first);
    expect((await component())?.lifecycleState).toBe('RUNNING');
    fleet.offline(device);
    await fleet.advance(60);
    fleet.online(device);
    expect((await component())?.lifecycleState).toBe('BROKEN');
  });
});
