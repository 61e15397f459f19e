import { describe, expect, test } from '@jest/globals';
import { ListComponentsCommand } from '@aws-sdk/client-greengrassv2';
import { DescribeThingCommand } from '@aws-sdk/client-iot';
import type { FleetFile } from '../../emulator/fleet-file.js';
import { startEmulator } from '../../emulator/main.js';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet } from '../support/start-fleet.js';

const eventful = (seed: number, faults: FleetFile['faults'] = {}): FleetFile =>
  thermostats(60, {
    seed,
    faults,
    group: {
      count: 60,
      online: 0.9,
      offline: { returnsAfterSeconds: { median: 1800, p99: 7200 } },
    },
    behaviours: [
      { component: thermostat, version: '1.1.0', share: 0.2, outcome: 'FAILED' },
      { component: thermostat, version: '1.1.0', share: 0.2, outcome: 'BROKEN', afterSeconds: 600 },
    ],
    timeline: [{ at: '30m', group: 'thermostats', share: 0.1, does: 'offline' }],
  });

const history = async (fleetFile: FleetFile) => {
  const fleet = await startFleet(fleetFile);
  await fleet.deploy('thermostats', { [thermostat]: '1.1.0' }, { clientToken: 'one' });
  await fleet.advance(86_400);
  await fleet.close();
  return fleet.events;
};

describe('the same seed', () => {
  test('has the same history, event by event', async () => {
    const first = await history(eventful(7));
    expect(first.length).toBeGreaterThan(100);
    expect(await history(eventful(7))).toEqual(first);
  });

  test('and another seed has another', async () => {
    expect(await history(eventful(8))).not.toEqual(await history(eventful(7)));
  });

  test('gives a device the same attributes in a larger fleet', async () => {
    const deviceOf = async (count: number) => {
      const fleet = await startFleet(thermostats(count, { group: { count, online: 0.5 } }));
      const { isOnline } = fleet.device('thermostats-0003');
      await fleet.close();
      return isOnline;
    };
    expect(await deviceOf(5)).toBe(await deviceOf(50));
  });
});

describe('faults of events', () => {
  const keys = (events: Awaited<ReturnType<typeof history>>) =>
    events.map((e) => JSON.stringify(e));

  test('drop loses a share', async () => {
    const all = await history(eventful(7));
    const some = await history(eventful(7, { events: { drop: 0.5 } }));
    expect(some.length / all.length).toBeGreaterThan(0.35);
    expect(some.length / all.length).toBeLessThan(0.65);
    expect(keys(all)).toEqual(expect.arrayContaining(keys(some)));
  });

  test('duplicate repeats a share', async () => {
    const events = await history(eventful(7, { events: { duplicate: 1 } }));
    expect(events.length).toBe(2 * (await history(eventful(7))).length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length / 2);
  });

  test('reorderSeconds delivers late and out of order, with the time at which it happened', async () => {
    const events = await history(eventful(7, { events: { reorderSeconds: 600 } }));
    const times = events.map(({ time }) => time);
    expect(times).not.toEqual([...times].sort());
    expect(keys(events).sort()).toEqual(keys(await history(eventful(7))).sort());
  });
});

describe('faults of requests', () => {
  const fails = async (faults: FleetFile['faults']) => {
    const fleet = await startFleet(thermostats(1, { faults }));
    const error: unknown = await fleet.greengrass
      .send(new ListComponentsCommand({}))
      .catch((cause: unknown) => cause);
    await fleet.close();
    return error instanceof Error ? error.name : 'none';
  };

  test('throttle refuses requests', async () => {
    expect(await fails({ throttle: 1 })).toBe('ThrottlingException');
  });

  test('serverError fails requests', async () => {
    expect(await fails({ serverError: 1 })).toBe('InternalServerException');
  });
});

describe('the fleet file', () => {
  test('artifacts are readable by the recipes that name them', async () => {
    const recipe = 'test/support/fixtures/fleet/with-artifact-1.0.0.yaml';
    const fleet = await startFleet({
      components: [recipe],
      artifacts: {
        's3://example-bucket/thermostat.zip': 'test/support/fixtures/fleet/thermostat.txt',
      },
    });
    await fleet.close();
    await expect(startEmulator({ fleet: { components: [recipe] } })).rejects.toThrow(
      /^fleet: components\[0\]: .*with-artifact-1.0.0.yaml" is not a recipe that can be published: .*Specified artifact resource cannot be accessed/,
    );
  });

  test('region and account are those of the ARNs', async () => {
    const fleet = await startFleet({
      ...{ region: 'us-west-2', account: '210987654321', seed: 3 },
      thingGroups: { boilers: { count: 1 } },
    });
    const { region, account, seed } = fleet.emulator;
    expect([region, account, seed]).toEqual(['us-west-2', '210987654321', 3]);
    const { thingArn } = await fleet.iot.send(
      new DescribeThingCommand({ thingName: 'boilers-0001' }),
    );
    expect(thingArn).toBe('arn:aws:iot:us-west-2:210987654321:thing/boilers-0001');
    await fleet.close();
  });

  test('a port that is taken is an error, not another port', async () => {
    const first = await startEmulator({ fleet: {} });
    const port = Number(new URL(first.url).port);
    await expect(startEmulator({ fleet: {}, port })).rejects.toThrow(/EADDRINUSE/);
    await first.close();
  });

  test('a file is read with what it names', async () => {
    const fleet = await startEmulator({ fleet: 'examples/fleet.yaml', timeScale: 'max' });
    expect(fleet.inspect.versions(thermostat)).toEqual({ '1.0.0': 200 });
    await fleet.close();
  });
});

test('5,000 devices settle a deployment', async () => {
  const fleet = await startFleet(thermostats(5000));
  await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
  await fleet.advance(7200);
  expect(fleet.versions()).toEqual({ '1.1.0': 5000 });
  await fleet.close();
});

test('calls are counted by service and operation', async () => {
  const fleet = await startFleet(thermostats(1));
  await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
  const { jobId } = await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
  await fleet.counts(jobId);
  expect(fleet.emulator.inspect.calls()).toEqual({
    'Greengrass.CreateDeployment': 2,
    'IoT.DescribeJob': 1,
  });
  await fleet.close();
});
