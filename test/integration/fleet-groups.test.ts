import { afterEach, describe, expect, test } from '@jest/globals';
import {
  DescribeThingCommand,
  DescribeThingGroupCommand,
  ListThingsInThingGroupCommand,
} from '@aws-sdk/client-iot';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { parseFleet } from '../../emulator/load-fleet-file.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

const components = thermostats(0).components ?? [];
const deploySeconds = { median: 40, p99: 60 };

describe('a fleet', () => {
  let fleet: RunningFleet;
  afterEach(() => fleet.close());

  const members = async (thingGroupName: string, recursive = false) =>
    (await fleet.iot.send(new ListThingsInThingGroupCommand({ thingGroupName, recursive }))).things;

  test('has nested groups, whatever their order, and a parent’s deployment reaches all of them', async () => {
    fleet = await startFleet({
      components,
      thingGroups: {
        berlin: { parent: 'germany', count: 2, deploySeconds },
        bonn: { parent: 'germany', count: 1, deploySeconds },
        germany: { parent: 'world', deployed: { [thermostat]: { componentVersion: '1.0.0' } } },
        world: {},
      },
      timeline: [{ at: '1h', does: 'offline', group: 'germany' }],
    });
    expect(await members('germany')).toEqual([]);
    expect(await members('world', true)).toEqual(['berlin-0001', 'berlin-0002', 'bonn-0001']);
    const { thingGroupMetadata } = await fleet.iot.send(
      new DescribeThingGroupCommand({ thingGroupName: 'bonn' }),
    );
    expect(thingGroupMetadata?.rootToParentThingGroups?.map(({ groupName }) => groupName)).toEqual([
      'world',
      'germany',
    ]);
    expect(fleet.versions()).toEqual({ '1.0.0': 3 });
    const { jobId } = await fleet.deploy('germany', { [thermostat]: '1.1.0' });
    await fleet.advance(3600);
    expect(await fleet.counts(jobId)).toEqual({ succeeded: 3 });
    expect(fleet.device('bonn-0001').isOnline).toBe(false);
  });

  test('has dynamic groups, by attributes and by connectivity', async () => {
    fleet = await startFleet({
      components,
      thingGroups: {
        ovens: { count: 2, attributes: { site: 'berlin' }, deploySeconds },
        boilers: { count: 1, deploySeconds },
        berlin: {
          query: 'attributes.site:berlin AND connectivity.connected:true',
          deployed: { [thermostat]: { componentVersion: '1.0.0' } },
        },
      },
    });
    expect(await members('berlin')).toEqual(['ovens-0001', 'ovens-0002']);
    expect(fleet.versions()).toEqual({ '1.0.0': 2, none: 1 });
    const { attributes } = await fleet.iot.send(
      new DescribeThingCommand({ thingName: 'ovens-0001' }),
    );
    expect(attributes).toEqual({ site: 'berlin' });
    fleet.offline('ovens-0001');
    expect(await members('berlin')).toEqual(['ovens-0002']);
    await fleet.deploy('berlin', { [thermostat]: '1.1.0' });
    await fleet.advance(120);
    expect(fleet.versions()).toEqual({ '1.0.0': 1, '1.1.0': 1, none: 1 });
    fleet.online('ovens-0001');
    await fleet.advance(120);
    expect(fleet.versions()).toEqual({ '1.1.0': 2, none: 1 });
  });
});

describe('a fleet file is refused where', () => {
  const problems = (file: FleetFile) => {
    try {
      parseFleet(file, 'fleet.yaml');
      return [];
    } catch (error) {
      return String(error instanceof Error && error.message).split('\n');
    }
  };
  const line = (length: number) =>
    Object.fromEntries(
      Array.from({ length }, (_, i) => [
        `g${i}`,
        { count: 0, ...(i > 0 && { parent: `g${i - 1}` }) },
      ]),
    );
  const query = 'thingName:a';

  test.each<[string, FleetFile['thingGroups']]>([
    [
      'thingGroups.a.parent: "z" is no group of this fleet; write one of b',
      { a: { count: 1, parent: 'z' }, b: { count: 1 } },
    ],
    [
      'thingGroups.a.parent: "b" is dynamic and no parent; write one of ',
      { a: { count: 1, parent: 'b' }, b: { query } },
    ],
    [
      'thingGroups.a.parent: "b" is below the group itself; write another one',
      { a: { parent: 'b' }, b: { parent: 'a' } },
    ],
    ['thingGroups.g7.parent: puts the group 8 levels deep; the most is 7', line(8)],
    [
      'thingGroups.g0.parent: is the parent of 101 groups; the most is 100',
      {
        top: {},
        ...Object.fromEntries(
          Array.from({ length: 101 }, (_, i) => [`g${i}`, { count: 0, parent: 'top' }]),
        ),
      },
    ],
    [
      'thingGroups.south.members: x is in all already, a group of the same hierarchy',
      { all: { members: ['x'] }, south: { parent: 'all', members: ['x'] } },
    ],
    [
      'thingGroups.g10.members: x is in 10 groups already, the most it can be in',
      Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`g${i}`, { members: ['x'] }])),
    ],
    [
      'thingGroups.a.count: has no effect on a group with a query, which is dynamic and in no hierarchy',
      { a: { query, count: 1 } },
    ],
    [
      'thingGroups.a.query: "thingName:(a": A bracket is not closed',
      { a: { query: 'thingName:(a' } },
    ],
    [
      'thingGroups.a.attributes: {"a":"1","b":"2","c":"3","d":"4"} is not right; write at most three attributes',
      { a: { count: 1, attributes: { a: '1', b: '2', c: '3', d: '4' } } },
    ],
  ])('%s', (problem, thingGroups) => {
    expect(problems({ thingGroups })[0]).toBe(`fleet.yaml: ${problem}`);
  });

  test('somebody joins a dynamic group', () => {
    expect(
      problems({
        thingGroups: { a: { query } },
        timeline: [{ at: 1, does: 'join', group: 'a', things: ['x'] }],
      }),
    ).toEqual([
      'fleet.yaml: timeline[0].group: "a" is dynamic: its query says who is in it; write another group',
    ]);
  });

  test('nothing of it is, seven levels deep', () => {
    expect(problems({ thingGroups: line(7) })).toEqual([]);
  });
});
