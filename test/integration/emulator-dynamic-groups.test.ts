import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CreateDynamicThingGroupCommand,
  DeleteDynamicThingGroupCommand,
  DescribeThingGroupCommand,
  ListThingGroupsForThingCommand,
  ListThingsInThingGroupCommand,
  UpdateDynamicThingGroupCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import { asking, none } from '../support/asking.js';
import { groupArn, startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
beforeEach(async () => {
  aws = await startEmulatedCloud();
  for (const name of ['a', 'b']) {
    aws.addCoreDevice(name);
    aws.device.reportConnectivity(name, true);
  }
});
afterEach(() => aws.close());

const create = async (thingGroupName: string, queryString: string) => {
  const created = await aws.iot.send(
    new CreateDynamicThingGroupCommand({ thingGroupName, queryString }),
  );
  await aws.clock.advance(5);
  return created;
};
const members = async (thingGroupName: string) =>
  (await aws.iot.send(new ListThingsInThingGroupCommand({ thingGroupName }))).things;
const groupsOf = async (thingName: string) =>
  (await aws.iot.send(new ListThingGroupsForThingCommand({ thingName }))).thingGroups?.map(
    ({ groupName }) => groupName,
  );
const describeGroup = (thingGroupName: string) =>
  aws.iot.send(new DescribeThingGroupCommand({ thingGroupName }));
const setAttribute = (thingName: string, attributes: Record<string, string>) =>
  aws.iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes } }));
describe('a dynamic group', () => {
  test('has whom its query finds, as things change', async () => {
    await create('offline', 'connectivity.connected:false');
    expect(await members('offline')).toEqual([]);
    aws.device.reportConnectivity('b', false);
    expect(await members('offline')).toEqual(['b']);
    expect(await groupsOf('b')).toEqual(['offline']);
    aws.device.reportConnectivity('b', true);
    expect(await members('offline')).toEqual([]);
  });

  test('follows attributes and other groups', async () => {
    aws.controlPlane.createThingGroup({ thingGroupName: 'south' });
    await create('hot', 'thingGroupNames:south AND attributes.temperature>30');
    await setAttribute('a', { temperature: '40' });
    expect(await members('hot')).toEqual([]);
    aws.controlPlane.addThingToThingGroup({ thingName: 'a', thingGroupName: 'south' });
    expect(await members('hot')).toEqual(['a']);
    await setAttribute('a', { temperature: '20' });
    expect(await members('hot')).toEqual([]);
    await create('warm', 'NOT thingGroupNames:hot');
    expect(await members('warm')).toEqual(['a', 'b']);
    await setAttribute('a', { temperature: '31' });
    expect(await members('warm')).toEqual(['b']);
  });

  test('is BUILDING before it is ACTIVE', async () => {
    const queryString = 'connectivity.connected:true';
    const created = await aws.iot.send(
      new CreateDynamicThingGroupCommand({ thingGroupName: 'online', queryString }),
    );
    expect(created).toMatchObject({
      thingGroupName: 'online',
      thingGroupArn: groupArn('online'),
      indexName: 'AWS_Things',
      queryString,
      queryVersion: '2017-09-30',
    });
    expect(await describeGroup('online')).toMatchObject({ status: 'BUILDING', queryString });
    expect(await members('online')).toEqual([]);
    await aws.clock.advance(5);
    expect(await describeGroup('online')).toMatchObject({
      status: 'ACTIVE',
      indexName: 'AWS_Things',
    });
    expect(await members('online')).toEqual(['a', 'b']);
  });

  test('takes another query and other properties', async () => {
    await create('some', 'thingName:a');
    const update = (expectedVersion: number) =>
      aws.iot.send(
        new UpdateDynamicThingGroupCommand({
          thingGroupName: 'some',
          queryString: 'thingName:b',
          expectedVersion,
          thingGroupProperties: { thingGroupDescription: 'other' },
        }),
      );
    await expect(update(7)).rejects.toMatchObject({ name: 'VersionConflictException' });
    expect((await update(1)).version).toBe(2);
    expect(await members('some')).toEqual(['a']);
    await aws.clock.advance(5);
    expect(await members('some')).toEqual(['b']);
    expect((await describeGroup('some')).thingGroupProperties?.thingGroupDescription).toBe('other');
  });

  test('is gone when it is deleted, and once more is no error', async () => {
    await create('some', 'thingName:a');
    const remove = () =>
      aws.iot.send(new DeleteDynamicThingGroupCommand({ thingGroupName: 'some' }));
    await remove();
    expect(await groupsOf('a')).toEqual([]);
    aws.device.reportConnectivity('a', false);
    expect(await groupsOf('a')).toEqual([]);
    await remove();
  });

  test('is a deployment’s target, which devices get and lose as they fit', async () => {
    const ask = asking(aws);
    await create('offline', 'connectivity.connected:false');
    const { jobId } = await ask.deploy({ targetArn: groupArn('offline') });
    expect(await ask.counts(jobId)).toEqual(none);
    aws.device.reportConnectivity('a', false);
    expect(await ask.counts(jobId)).toEqual({ ...none, queued: 1 });
    aws.device.reportConnectivity('a', true);
    expect(await ask.counts(jobId)).toEqual({ ...none, removed: 1 });
  });

  test('created again with the same query answers as the first time, with another it is refused', async () => {
    const first = await create('some', 'thingName:a');
    expect((await create('some', 'thingName:a')).thingGroupId).toBe(first.thingGroupId);
    await expect(create('some', 'thingName:b')).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
  });
});
