import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ListCoreDevicesCommand } from '@aws-sdk/client-greengrassv2';
import {
  AddThingToThingGroupCommand,
  CreateThingGroupCommand,
  ListJobExecutionsForJobCommand,
  ListJobsCommand,
  ListThingGroupsCommand,
  ListThingsCommand,
  ListThingsInThingGroupCommand,
  SearchIndexCommand,
} from '@aws-sdk/client-iot';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
  aws.controlPlane.createThingGroup({ thingGroupName: 'fleet' });
});
afterEach(() => aws.close());

const isInvalid = { name: 'InvalidRequestException' };
const queryString = 'thingName:*';

test('a page that nobody asked to be of another size has 50 items, of the registry 25', async () => {
  for (let i = 0; i < 51; i += 1) {
    aws.addCoreDevice(`device-${i}`, 'fleet');
    aws.controlPlane.createThingGroup({ thingGroupName: `group-${i}` });
  }
  const pages = await Promise.all([
    aws.greengrass.send(new ListCoreDevicesCommand({})).then((page) => page.coreDevices),
    aws.iot.send(new ListThingsCommand({})).then((page) => page.things),
    aws.iot.send(new ListThingGroupsCommand({})).then((page) => page.thingGroups),
    aws.iot
      .send(new ListThingsInThingGroupCommand({ thingGroupName: 'fleet' }))
      .then((page) => page.things),
    aws.iot.send(new SearchIndexCommand({ queryString })).then((page) => page.things),
  ]);
  expect(pages.map((page) => page?.length)).toEqual([50, 25, 25, 25, 51]);
});

test('a page of the registry and of jobs has at most 250 items, one of the index 100', async () => {
  aws.addCoreDevice('a', 'fleet');
  const targetArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/fleet';
  const { iotJobId: jobId } = aws.controlPlane.createDeployment({ targetArn });
  const asks = [
    [250, (maxResults: number) => aws.iot.send(new ListThingsCommand({ maxResults }))],
    [250, (maxResults: number) => aws.iot.send(new ListThingGroupsCommand({ maxResults }))],
    [250, (maxResults: number) => aws.iot.send(new ListJobsCommand({ maxResults }))],
    [
      250,
      (maxResults: number) =>
        aws.iot.send(new ListThingsInThingGroupCommand({ thingGroupName: 'fleet', maxResults })),
    ],
    [
      250,
      (maxResults: number) =>
        aws.iot.send(new ListJobExecutionsForJobCommand({ jobId, maxResults })),
    ],
    [
      100,
      (maxResults: number) => aws.iot.send(new SearchIndexCommand({ queryString, maxResults })),
    ],
  ] as const;
  for (const [most, ask] of asks) {
    await ask(most);
    await expect(ask(most + 1)).rejects.toMatchObject(isInvalid);
    await expect(ask(0)).rejects.toMatchObject(isInvalid);
  }
});

test('a group has at most a hundred groups directly below it', async () => {
  aws.controlPlane.createThingGroup({ thingGroupName: 'all' });
  const child = (i: number) => ({ thingGroupName: `group-${i}`, parentGroupName: 'all' });
  for (let i = 1; i <= 100; i += 1) aws.controlPlane.createThingGroup(child(i));
  const create = new CreateThingGroupCommand(child(101));
  await expect(aws.iot.send(create)).rejects.toMatchObject(isInvalid);
});

test('things and groups may be named by ARN, if it is one of theirs', async () => {
  aws.addCoreDevice('a');
  aws.controlPlane.createThingGroup({ thingGroupName: 'all' });
  const thingArn = 'arn:aws:iot:eu-west-1:123456789012:thing/a';
  const thingGroupArn = 'arn:aws:iot:eu-west-1:123456789012:thinggroup/all';
  const add = (input: object) => aws.iot.send(new AddThingToThingGroupCommand(input));
  for (const wrong of [
    { thingArn: thingArn.replace('eu-west-1', 'us-east-1'), thingGroupArn },
    { thingArn, thingGroupArn: thingGroupArn.replace('123456789012', '999999999999') },
    { thingArn, thingGroupArn: thingGroupArn.replace('thinggroup', 'thing') },
    { thingArn },
  ])
    await expect(add(wrong)).rejects.toMatchObject(isInvalid);
  await add({ thingArn, thingGroupArn });
  const group = new ListThingsInThingGroupCommand({ thingGroupName: 'all' });
  expect((await aws.iot.send(group)).things).toEqual(['a']);
});
