import { afterEach, describe, expect, test } from '@jest/globals';
import { AddThingToThingGroupCommand, CreateThingGroupCommand } from '@aws-sdk/client-iot';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { groupArn, startFleet, type RunningFleet } from '../support/start-fleet.js';

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

describe('a subdeployment', () => {
  const subdeploy = async (version: string) => {
    await createGroup('canary');
    const deployment = await fleet.deploy(
      'canary',
      { [thermostat]: version },
      { parentTargetArn: groupArn('thermostats') },
    );
    fleet.join(device, 'canary');
    return deployment;
  };

  test('takes the parent’s slot on the device instead of joining it', async () => {
    fleet = await startFleet(thermostats(3));
    const { jobId } = await subdeploy('1.1.0');
    await fleet.advance(SETTLE);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 1 });
    expect(fleet.versions()).toEqual({ '1.0.0': 2, '1.1.0': 1 });
  });

  test('is followed by the parent’s next revision on all devices', async () => {
    fleet = await startFleet(thermostats(3));
    await subdeploy('1.1.0');
    await fleet.advance(SETTLE);
    const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.0.0' });
    await fleet.advance(SETTLE);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 3 });
    expect(fleet.versions()).toEqual({ '1.0.0': 3 });
  });

  test('is refused by a nucleus before 2.9', async () => {
    fleet = await startFleet(thermostats(3, { group: { count: 3, nucleus: '2.8.1' } }));
    const { deploymentId } = await subdeploy('1.1.0');
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, deploymentId)).toMatchObject({
      status: 'FAILED',
      reason: expect.stringMatching(
        /^NUCLEUS_MISSING_REQUIRED_CAPABILITIES: FAILED_NO_STATE_CHANGE: .*SUB_DEPLOYMENTS/,
      ),
      errorStack: ['DEPLOYMENT_FAILURE', 'NUCLEUS_MISSING_REQUIRED_CAPABILITIES'],
    });
    expect(fleet.versions()).toEqual({ '1.0.0': 3 });
  });

  test('that is older than what the device has in that slot is rejected as stale', async () => {
    fleet = await startFleet(thermostats(2));
    await createGroup('canary');
    const older = await fleet.deploy(
      'canary',
      { [thermostat]: '1.1.0' },
      { parentTargetArn: groupArn('thermostats') },
    );
    await fleet.advance(60);
    await createGroup('second', device);
    await fleet.deploy(
      'second',
      { [thermostat]: '1.0.0' },
      { parentTargetArn: groupArn('thermostats') },
    );
    await fleet.advance(SETTLE);
    fleet.join(device, 'canary');
    await fleet.advance(SETTLE);
    expect(await fleet.execution(device, older.deploymentId)).toMatchObject({
      status: 'REJECTED',
      errorStack: ['DEPLOYMENT_REJECTED', 'REJECTED_STALE_DEPLOYMENT'],
    });
    expect(components()).toEqual({ [thermostat]: '1.0.0' });
  });
});
