import { afterEach, describe, expect, test } from '@jest/globals';
import {
  GetCoreDeviceCommand,
  ListClientDevicesAssociatedWithCoreDeviceCommand,
} from '@aws-sdk/client-greengrassv2';
import { DescribeThingCommand, ListThingsInThingGroupCommand } from '@aws-sdk/client-iot';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

type Entry = NonNullable<FleetFile['timeline']>[number];
const start = async (count: number, ...timeline: Entry[]) => {
  fleet = await startFleet(thermostats(count, { timeline }));
};
const device = 'thermostats-0001';
const online = () =>
  fleet.emulator.inspect.devices().filter((name) => fleet.device(name).isOnline).length;
const core = (coreDeviceThingName: string) =>
  fleet.greengrass.send(new GetCoreDeviceCommand({ coreDeviceThingName }));
const members = async (thingGroupName: string) =>
  (await fleet.iot.send(new ListThingsInThingGroupCommand({ thingGroupName }))).things;

describe('reachability', () => {
  test('a share is offline at the start and runs its group’s deployment all the same', async () => {
    fleet = await startFleet(thermostats(400, { group: { count: 400, online: 0.9 } }));
    expect(Math.abs(online() - 360)).toBeLessThan(20);
    expect(fleet.versions()).toEqual({ '1.0.0': 400 });
  });

  test('offline devices keep what is queued until they return', async () => {
    const offline = { returnsAfterSeconds: { median: 7200, p99: 14_400 } };
    fleet = await startFleet(thermostats(100, { group: { count: 100, online: 0, offline } }));
    const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(7200);
    expect(Math.abs(online() - 50)).toBeLessThan(20);
    expect((await fleet.counts(jobId))['queued']).toBeGreaterThan(30);
    await fleet.advance(86_400);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 100 });
  });

  test('without `offline` they never return', async () => {
    fleet = await startFleet(thermostats(20, { group: { count: 20, online: 0 } }));
    await fleet.advance(30 * 86_400);
    expect(online()).toBe(0);
  });

  test('an offline device keeps its last status for ever', async () => {
    await start(1);
    const before = (await core(device)).lastStatusUpdateTimestamp;
    fleet.offline(device);
    fleet.breakComponent(device, thermostat);
    await fleet.advance(7 * 86_400);
    expect(await core(device)).toMatchObject({
      status: 'HEALTHY',
      lastStatusUpdateTimestamp: before,
    });
    fleet.online(device);
    expect((await core(device)).status).toBe('UNHEALTHY');
  });

  test('a reachable device reports every 24 hours', async () => {
    await start(1);
    const reported = async () => (await core(device)).lastStatusUpdateTimestamp?.getTime() ?? 0;
    await fleet.advance(86_400);
    const first = await reported();
    await fleet.advance(86_400);
    expect((await reported()) - first).toBe(86_400_000);
  });
});

describe('the timeline', () => {
  test('offline takes a share of the group off the network at its time', async () => {
    await start(200, { at: '2h', group: 'thermostats', share: 0.25, does: 'offline' });
    await fleet.advance(7199);
    expect(online()).toBe(200);
    await fleet.advance(1);
    expect(Math.abs(online() - 150)).toBeLessThan(20);
  });

  test('online brings things back', async () => {
    await start(
      2,
      { at: 10, group: 'thermostats', does: 'offline' },
      { at: 20, things: [device], does: 'online' },
    );
    await fleet.advance(15);
    expect(online()).toBe(0);
    await fleet.advance(5);
    expect(fleet.device(device).isOnline).toBe(true);
    expect(online()).toBe(1);
  });

  test('break breaks the named component', async () => {
    await start(1, { at: '1h', group: 'thermostats', does: 'break', component: thermostat });
    await fleet.advance(3600);
    expect(fleet.device(device).components[thermostat]?.lifecycleState).toBe('BROKEN');
    expect((await core(device)).status).toBe('UNHEALTHY');
  });

  test('break passes over devices that don’t have the component', async () => {
    await start(1, { at: '1h', group: 'thermostats', does: 'break', component: 'com.example.Odd' });
    await fleet.advance(3600);
    expect((await core(device)).status).toBe('HEALTHY');
  });

  test('stick keeps the next deployment in progress until the device is restarted', async () => {
    await start(1, { at: '1h', group: 'thermostats', does: 'stick' });
    await fleet.advance(3600);
    const first = await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(60);
    const next = await fleet.deploy(device, {});
    await fleet.advance(86_400);
    expect((await fleet.execution(device, first.deploymentId))?.status).toBe('IN_PROGRESS');
    expect((await fleet.execution(device, next.deploymentId))?.status).toBe('QUEUED');
    fleet.offline(device);
    fleet.online(device);
    await fleet.advance(1800);
    expect((await fleet.execution(device, first.deploymentId))?.status).toBe('SUCCEEDED');
    expect((await fleet.execution(device, next.deploymentId))?.status).toBe('COMPLETED');
  });

  test('join adds devices, new ones too, and they get the group’s deployment', async () => {
    await start(1, { at: '1h', group: 'thermostats', things: ['spare-1'], does: 'join' });
    await fleet.advance(7200);
    expect(await members('thermostats')).toEqual([device, 'spare-1']);
    expect(fleet.versions()).toEqual({ '1.0.0': 2 });
  });

  test('leave takes things out of a group', async () => {
    await start(3, { at: '1h', group: 'thermostats', things: [device], does: 'leave' });
    await fleet.advance(3600);
    expect(await members('thermostats')).toEqual(['thermostats-0002', 'thermostats-0003']);
    expect(fleet.device(device).groups).toEqual([]);
  });

  test('retire deletes the thing, and its execution is REMOVED', async () => {
    await start(2, { at: 10, things: [device], does: 'retire' });
    const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(7200);
    await expect(fleet.iot.send(new DescribeThingCommand({ thingName: device }))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
    expect(fleet.emulator.inspect.devices()).toEqual(['thermostats-0002']);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 1, removed: 1 });
  });
});

describe('groups', () => {
  test('members may be devices of other groups and devices of their own', async () => {
    const file = thermostats(2);
    fleet = await startFleet({
      ...file,
      thingGroups: {
        ...file.thingGroups,
        kitchen: { members: [device, 'oven'], platforms: { 'linux/x86': 1 } },
      },
    });
    expect(await members('kitchen')).toEqual([device, 'oven']);
    expect(fleet.emulator.inspect.devices()).toEqual([device, 'thermostats-0002', 'oven']);
    expect((await core('oven')).architecture).toBe('x86');
    expect((await core(device)).architecture).not.toBe('x86');
    expect([...fleet.device(device).groups].sort()).toEqual(['kitchen', 'thermostats']);
    expect(fleet.versions()).toEqual({ '1.0.0': 2, none: 1 });
  });

  test('each core has its client devices', async () => {
    fleet = await startFleet(thermostats(2, { group: { count: 2, clientDevices: 3 } }));
    const { associatedClientDevices = [] } = await fleet.greengrass.send(
      new ListClientDevicesAssociatedWithCoreDeviceCommand({ coreDeviceThingName: device }),
    );
    expect(associatedClientDevices.map(({ thingName }) => thingName).sort()).toEqual([
      'thermostats-0001-client-1',
      'thermostats-0001-client-2',
      'thermostats-0001-client-3',
    ]);
  });
});

test('an unknown device is named', async () => {
  await start(1);
  expect(() => fleet.offline('toaster')).toThrow('toaster is no core device of this fleet');
  expect(() => fleet.device('toaster')).toThrow('toaster is no core device of this fleet');
});
