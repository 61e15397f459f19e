import { afterEach, describe, expect, test } from '@jest/globals';
import { AddThingToThingGroupCommand, CreateThingGroupCommand } from '@aws-sdk/client-iot';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const other = 'com.example.Other';
const device = 'thermostats-0001';

const publish = (name: string, version: string, dependencies: Record<string, string> = {}) =>
  publishComponent(fleet.greengrass, name, version, { dependencies, steps: ['Install'] });

const createGroup = async (thingGroupName: string, ...things: string[]) => {
  await fleet.iot.send(new CreateThingGroupCommand({ thingGroupName }));
  for (const thingName of things)
    await fleet.iot.send(new AddThingToThingGroupCommand({ thingGroupName, thingName }));
};

const components = (thing = device) =>
  Object.fromEntries(
    Object.entries(fleet.device(thing).components)
      .filter(([name]) => name !== 'aws.greengrass.Nucleus')
      .map(([name, { version }]) => [name, version]),
  );

const SETTLE = 1800;

describe('a device in two groups', () => {
  test('runs the roots of both', async () => {
    fleet = await startFleet(thermostats(2));
    await publish(other, '1.0.0');
    await createGroup('extras', device);
    await fleet.deploy('extras', { [other]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect(components()).toEqual({ [thermostat]: '1.0.0', [other]: '1.0.0' });
    expect(components('thermostats-0002')).toEqual({ [thermostat]: '1.0.0' });
  });

  test('that pin different versions always fails there and changes nothing', async () => {
    fleet = await startFleet(thermostats(2));
    await createGroup('extras', device);
    const { deploymentId } = await fleet.deploy('extras', { [thermostat]: '1.1.0' });
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      status: 'FAILED',
      reason: expect.stringMatching(
        /thinggroup\/thermostats requires =1.0.0, thinggroup\/extras requires =1.1.0/,
      ),
    });
    expect(components()).toEqual({ [thermostat]: '1.0.0' });
  });

  test('keeps a group’s components after leaving it until the next deployment of any kind', async () => {
    fleet = await startFleet(thermostats(1));
    await publish(other, '1.0.0');
    await createGroup('extras', device);
    await fleet.deploy('extras', { [other]: '1.0.0' });
    await fleet.advance(SETTLE);
    fleet.leave(device, 'extras');
    await fleet.advance(SETTLE);
    expect(components()).toEqual({ [thermostat]: '1.0.0', [other]: '1.0.0' });
    await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect(components()).toEqual({ [thermostat]: '1.0.0' });
  });

  test('that may not ask for its groups keeps a left one’s components for ever', async () => {
    fleet = await startFleet(thermostats(1, { group: { count: 1, mayListThingGroups: false } }));
    await publish(other, '1.0.0');
    await createGroup('extras', device);
    await fleet.deploy('extras', { [other]: '1.0.0' });
    await fleet.advance(SETTLE);
    fleet.leave(device, 'extras');
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(SETTLE);
    expect(components()).toEqual({ [thermostat]: '1.1.0', [other]: '1.0.0' });
  });

  test('takes an unpinned dependency’s latest version with the next deployment', async () => {
    fleet = await startFleet(thermostats(1));
    await publish(other, '1.0.0');
    await publish('com.example.Needs', '1.0.0', { [other]: '^1.0.0' });
    await fleet.advance(60);
    await fleet.deploy(device, { 'com.example.Needs': '1.0.0' });
    await fleet.advance(SETTLE);
    expect(components()[other]).toBe('1.0.0');
    await publish(other, '1.4.0');
    await fleet.advance(SETTLE);
    expect(components()[other]).toBe('1.0.0');
    await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect(components()[other]).toBe('1.4.0');
    const installed = await fleet.installed(device);
    expect(installed.find(({ componentName }) => componentName === other)).toMatchObject({
      isRoot: false,
      lifecycleState: 'FINISHED',
    });
  });
});
