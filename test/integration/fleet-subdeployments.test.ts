import { afterEach, describe, expect, test } from '@jest/globals';
import {
  AddThingToThingGroupCommand,
  CreateThingGroupCommand,
  GetJobDocumentCommand,
} from '@aws-sdk/client-iot';
import { thermostat, thermostats } from '../support/fleets.js';
import { publishComponent } from '../support/publish-component.js';
import { groupArn, startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

const other = 'com.example.Other';
const device = 'thermostats-0001';
const SETTLE = 1800;

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

/** A subdeployment of the parent on a group of its own with the first device in it. */
const subdeployTo = async (group: string, parent: string, versions: Record<string, string>) => {
  await createGroup(group, device);
  const deployment = await fleet.deploy(group, versions, { parentTargetArn: groupArn(parent) });
  await fleet.advance(SETTLE);
  return deployment;
};

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

describe('subdeployments', () => {
  const start = async () => {
    fleet = await startFleet(thermostats(2));
    await publishComponent(fleet.greengrass, other, '1.0.0');
    await fleet.advance(10);
  };

  test('override and remove the parent’s components, each the one before', async () => {
    await start();
    await subdeployTo('first', 'thermostats', { [thermostat]: '1.1.0', [other]: '1.0.0' });
    expect(components()).toEqual({ [thermostat]: '1.1.0', [other]: '1.0.0' });
    await subdeployTo('second', 'thermostats', { [other]: '1.0.0' });
    expect(components()).toEqual({ [other]: '1.0.0' });
  });

  test('of a subdeployment take the slot of the root', async () => {
    await start();
    await subdeployTo('canary', 'thermostats', { [thermostat]: '1.1.0' });
    const { jobId } = await subdeployTo('inner', 'canary', { [other]: '1.0.0' });
    expect(components()).toEqual({ [other]: '1.0.0' });
    const { document } = await fleet.iot.send(new GetJobDocumentCommand({ jobId }));
    expect(JSON.parse(document ?? '')).toMatchObject({
      parentTargetArn: groupArn('canary'),
      onBehalfOf: 'thinggroup/thermostats',
      requiredCapabilities: ['SUB_DEPLOYMENTS'],
    });
  });

  test('of all levels end with the root’s next revision, which overrides them', async () => {
    await start();
    await subdeployTo('canary', 'thermostats', { [thermostat]: '1.1.0' });
    await subdeployTo('inner', 'canary', { [other]: '1.0.0' });
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(SETTLE);
    expect(components()).toEqual({ [thermostat]: '1.1.0' });
    const ended = fleet.emulator.inspect
      .deployments()
      .filter(({ parentTargetArn }) => parentTargetArn);
    expect(ended.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED']);
  });

  test.each([
    ['a thing as target', device, groupArn('thermostats')],
    ['a parent without a deployment', 'canary', groupArn('bare')],
    ['itself as parent', 'thermostats', groupArn('thermostats')],
  ])('are refused with %s', async (_, target, parentTargetArn) => {
    await start();
    await createGroup('canary');
    await createGroup('bare');
    await expect(fleet.deploy(target, {}, { parentTargetArn })).rejects.toMatchObject({
      name: 'ValidationException',
      fields: [{ name: 'parentTargetArn' }],
    });
  });
});
