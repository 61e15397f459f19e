import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  AddThingToThingGroupCommand,
  CreateDynamicThingGroupCommand,
  CreateThingGroupCommand,
  DeleteDynamicThingGroupCommand,
  DeleteThingGroupCommand,
  DescribeThingGroupCommand,
  ListThingGroupsForThingCommand,
  ListThingsInThingGroupCommand,
  RemoveThingFromThingGroupCommand,
  UpdateDynamicThingGroupCommand,
  UpdateThingGroupCommand,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
beforeEach(async () => {
  aws = await startEmulatedCloud();
  for (const name of ['a', 'b']) aws.addCoreDevice(name);
});
afterEach(() => aws.close());

const create = async (thingGroupName: string, queryString: string) => {
  await aws.iot.send(new CreateDynamicThingGroupCommand({ thingGroupName, queryString }));
  await aws.clock.advance(5);
};
const members = async (thingGroupName: string) =>
  (await aws.iot.send(new ListThingsInThingGroupCommand({ thingGroupName }))).things;
const groupsOf = async (thingName: string) =>
  (await aws.iot.send(new ListThingGroupsForThingCommand({ thingName }))).thingGroups?.map(
    ({ groupName }) => groupName,
  );
const describeGroup = (thingGroupName: string) =>
  aws.iot.send(new DescribeThingGroupCommand({ thingGroupName }));
const isInvalid = { name: 'InvalidRequestException' };

describe('refused', () => {
  test('is a query that can’t be read', async () => {
    await expect(create('some', 'thingName:')).rejects.toMatchObject({
      name: 'InvalidQueryException',
    });
    await expect(describeGroup('some')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('are the operations of static groups, and theirs on static ones', async () => {
    await create('some', 'thingName:a');
    aws.controlPlane.createThingGroup({ thingGroupName: 'still' });
    const thingGroupProperties = {};
    const calls = [
      new AddThingToThingGroupCommand({ thingName: 'b', thingGroupName: 'some' }),
      new RemoveThingFromThingGroupCommand({ thingName: 'a', thingGroupName: 'some' }),
      new UpdateThingGroupCommand({ thingGroupName: 'some', thingGroupProperties }),
      new DeleteThingGroupCommand({ thingGroupName: 'some' }),
      new CreateThingGroupCommand({ thingGroupName: 'below', parentGroupName: 'some' }),
      new UpdateDynamicThingGroupCommand({ thingGroupName: 'still', thingGroupProperties }),
      new DeleteDynamicThingGroupCommand({ thingGroupName: 'still' }),
    ];
    for (const command of calls)
      await expect(aws.iot.send(command as AddThingToThingGroupCommand)).rejects.toMatchObject(
        isInvalid,
      );
  });

  test('is the hundred and first', async () => {
    for (let i = 0; i < 100; i += 1)
      aws.controlPlane.createDynamicThingGroup(
        { thingGroupName: `g${i}`, queryString: 'thingName:nobody' },
        { atOnce: true },
      );
    await expect(create('more', 'thingName:a')).rejects.toMatchObject(isInvalid);
  });
});

describe('a thing in ten groups', () => {
  const fill = (count: number) => {
    for (let i = 0; i < count; i += 1) {
      aws.controlPlane.createThingGroup({ thingGroupName: `g${i}` });
      aws.controlPlane.addThingToThingGroup({ thingName: 'a', thingGroupName: `g${i}` });
    }
  };

  test('isn’t taken into a dynamic one, until it leaves one of them', async () => {
    fill(10);
    await create('some', 'thingName:a');
    expect(await members('some')).toEqual([]);
    aws.controlPlane.removeThingFromThingGroup({ thingName: 'a', thingGroupName: 'g0' });
    expect(await members('some')).toEqual(['a']);
  });

  test('leaves a dynamic one for a static one that overrides it', async () => {
    fill(9);
    await create('some', 'thingName:a');
    aws.controlPlane.createThingGroup({ thingGroupName: 'more' });
    const change = (overrideDynamicGroups: boolean) =>
      aws.iot.send(
        new UpdateThingGroupsForThingCommand({
          thingName: 'a',
          thingGroupsToAdd: ['more'],
          overrideDynamicGroups,
        }),
      );
    await expect(change(false)).rejects.toMatchObject(isInvalid);
    await change(true);
    expect(await members('some')).toEqual([]);
    expect(await members('more')).toEqual(['a']);
  });
});

test('groups for a thing change in one call, within a hierarchy too', async () => {
  for (const [thingGroupName, parentGroupName] of [['all'], ['south', 'all'], ['north', 'all']])
    await aws.iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
  aws.controlPlane.addThingToThingGroup({ thingName: 'a', thingGroupName: 'south' });
  await aws.iot.send(
    new UpdateThingGroupsForThingCommand({
      thingName: 'a',
      thingGroupsToRemove: ['south'],
      thingGroupsToAdd: ['north'],
    }),
  );
  expect(await groupsOf('a')).toEqual(['north']);

  const half = new UpdateThingGroupsForThingCommand({
    thingName: 'a',
    thingGroupsToRemove: ['north'],
    thingGroupsToAdd: ['south', 'all'],
  });
  await expect(aws.iot.send(half)).rejects.toMatchObject(isInvalid);
  expect(await groupsOf('a')).toEqual(['north']);
});
