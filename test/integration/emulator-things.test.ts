import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  CreateThingCommand,
  DeleteThingCommand,
  DescribeThingCommand,
  ListThingsCommand,
  UpdateThingCommand,
  type UpdateThingCommandInput,
} from '@aws-sdk/client-iot';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;
beforeEach(async () => {
  aws = await startEmulatedCloud();
  await create('a', { site: 'berlin', floor: '2' });
});
afterEach(() => aws.close());

const create = (thingName: string, attributes: Record<string, string>) =>
  aws.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
const update = (more: Partial<UpdateThingCommandInput>) =>
  aws.iot.send(new UpdateThingCommand({ thingName: 'a', ...more }));
const found = async () => {
  const { attributes, version } = await aws.iot.send(new DescribeThingCommand({ thingName: 'a' }));
  return { attributes, version };
};

test('attributes are replaced, or added to with merge, and an empty one is removed', async () => {
  await update({ attributePayload: { attributes: { room: '7' }, merge: true } });
  expect(await found()).toEqual({
    attributes: { site: 'berlin', floor: '2', room: '7' },
    version: 2,
  });
  await update({ attributePayload: { attributes: { floor: '' }, merge: true } });
  expect((await found()).attributes).toEqual({ site: 'berlin', room: '7' });
  await update({ attributePayload: { attributes: { site: 'bonn' } } });
  expect(await found()).toEqual({ attributes: { site: 'bonn' }, version: 4 });
  const { things } = await aws.iot.send(new ListThingsCommand({}));
  expect(things?.[0]).toMatchObject({ attributes: { site: 'bonn' }, version: 4 });
});

test('a change of another version than expected is refused', async () => {
  await expect(update({ expectedVersion: 2 })).rejects.toMatchObject({
    name: 'VersionConflictException',
  });
  await update({ expectedVersion: 1 });
  const remove = (expectedVersion: number) =>
    aws.iot.send(new DeleteThingCommand({ thingName: 'a', expectedVersion }));
  await expect(remove(1)).rejects.toMatchObject({ name: 'VersionConflictException' });
  await remove(2);
  await expect(found()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a thing has at most three attributes', async () => {
  const tooMany = { a: '1', b: '2', c: '3', d: '4' };
  const isInvalid = { name: 'InvalidRequestException' };
  await expect(create('b', tooMany)).rejects.toMatchObject(isInvalid);
  await expect(update({ attributePayload: { attributes: tooMany } })).rejects.toMatchObject(
    isInvalid,
  );
  expect((await found()).version).toBe(1);
});

test('there are no thing types and no billing groups', async () => {
  const billed = new CreateThingCommand({ thingName: 'b', billingGroupName: 'heating' });
  await expect(aws.iot.send(billed)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(update({ thingTypeName: 'Oven' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
