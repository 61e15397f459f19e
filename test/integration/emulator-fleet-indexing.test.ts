import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  GetIndexingConfigurationCommand,
  SearchIndexCommand,
} from '@aws-sdk/client-iot';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';

let aws: EmulatedCloud;

beforeEach(async () => {
  aws = await startEmulatedCloud();
});
afterEach(() => aws.close());

const createThing = (thingName: string, attributes?: Record<string, string>) =>
  aws.iot.send(
    new CreateThingCommand({ thingName, ...(attributes && { attributePayload: { attributes } }) }),
  );
const createGroup = (thingGroupName: string, parentGroupName?: string) =>
  aws.iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
const add = (thingName: string, thingGroupName: string) =>
  aws.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
test('fleet indexing tells who is connected', async () => {
  await createGroup('all');
  await createGroup('south', 'all');
  for (const name of ['a', 'b', 'c', 'd']) await createThing(name);
  await add('a', 'south');
  await add('b', 'south');
  aws.device.reportConnectivity('a', true);
  aws.device.reportConnectivity('b', false);
  aws.device.reportConnectivity('c', false);
  const search = async (queryString: string) =>
    (await aws.iot.send(new SearchIndexCommand({ queryString }))).things?.map(
      (each) => each.thingName,
    );
  expect(await search('connectivity.connected:false')).toEqual(['b', 'c']);
  expect(await search('connectivity.connected:true AND thingGroupNames:all')).toEqual(['a']);
  expect(await search('thingGroupNames:south AND connectivity.connected:false')).toEqual(['b']);
  expect(await search('thingName:d')).toEqual(['d']);
  const { thingIndexingConfiguration } = await aws.iot.send(
    new GetIndexingConfigurationCommand({}),
  );
  expect(thingIndexingConfiguration?.thingConnectivityIndexingMode).toBe('STATUS');
});

describe('a query', () => {
  const search = async (queryString: string) =>
    (await aws.iot.send(new SearchIndexCommand({ queryString }))).things?.map(
      (each) => each.thingName,
    );

  beforeEach(async () => {
    await createGroup('all');
    await createGroup('south', 'all');
    await createThing('core-a', { site: 'Berlin', floor: '2' });
    await createThing('core-b', { site: 'Bonn', floor: '10' });
    await createThing('oven');
    await add('core-a', 'south');
    aws.device.reportConnectivity('core-a', true);
    await aws.clock.advance(60);
    aws.device.reportConnectivity('core-b', false);
  });

  test.each([
    ['*', ['core-a', 'core-b', 'oven']],
    ['thingName:core-*', ['core-a', 'core-b']],
    ['thingName:CORE-A', ['core-a']],
    ['thingName:core-?', ['core-a', 'core-b']],
    ['thingName:*en', ['oven']],
    ['oven', ['oven']],
    ['berlin', ['core-a']],
    ['thingGroupNames:all', ['core-a']],
    ['attributes.site:"Bonn"', ['core-b']],
    ['attributes.site:b*', ['core-a', 'core-b']],
    ['attributes.floor>2', ['core-b']],
    ['attributes.floor>=2', ['core-a', 'core-b']],
    ['attributes.floor<10', ['core-a']],
    ['attributes.floor:[2 TO 10}', ['core-a']],
    ['attributes.floor:{2 TO *]', ['core-b']],
    ['connectivity.connected:false', ['core-b']],
    ['NOT connectivity.connected:true', ['core-b', 'oven']],
    ['-connectivity.connected:true', ['core-b', 'oven']],
    ['thingName:(core* AND -core-b)', ['core-a']],
    ['thingName:core* attributes.site:bonn', ['core-b']],
    ['thingName:oven OR attributes.site:bonn', ['core-b', 'oven']],
    ['thingName:oven OR thingName:core-a AND attributes.site:bonn', ['oven']],
    ['(thingName:oven OR thingName:core-a) AND attributes.site:berlin', ['core-a']],
    ['connectivity.timestamp>1767600000000', ['core-b']],
    ['thingName:ORACLE', []],
  ])('%s finds %j', async (queryString, things) => {
    expect(await search(queryString)).toEqual(things);
  });

  test.each([
    ['shadow.reported.hasDelta:true', 'does not index'],
    ['(thingName:a', 'not closed'],
    ['thingName:[a TO b', 'not closed'],
    ['thingName:', "can't be read"],
    ['thingName:a)', "can't be read"],
    ['thingName:a AND', "can't be read"],
    ['thingName:a/b', "can't have"],
    ['thingName:*a attributes.site:*b', 'one term with a leading wildcard'],
    [`thingName:*a ${'thingName:bbbbbbbbbb '.repeat(5)}`, 'at most 100 characters'],
    ['thingName:a*b*c*', 'at most 2 wildcards'],
    [Array.from({ length: 13 }, () => 'a').join(' '), 'at most 12 terms'],
    ['('.repeat(5000), 'at most 1000 characters'],
  ])('%s is refused, not answered wrongly', async (queryString, message) => {
    await expect(search(queryString)).rejects.toMatchObject({
      name: 'InvalidQueryException',
      message: expect.stringContaining(message),
    });
  });

  test('of another version or index is refused', async () => {
    const ask = (more: { indexName?: string; queryVersion?: string }) =>
      aws.iot.send(new SearchIndexCommand({ queryString: '*', ...more }));
    await expect(ask({ queryVersion: '2030-01-01' })).rejects.toMatchObject({
      name: 'InvalidQueryException',
    });
    await expect(ask({ indexName: 'AWS_ThingGroups' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
