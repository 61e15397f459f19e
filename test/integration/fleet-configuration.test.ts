import { afterEach, describe, expect, test } from '@jest/globals';
import { GetDeploymentCommand } from '@aws-sdk/client-greengrassv2';
import { CreateThingGroupCommand } from '@aws-sdk/client-iot';
import { thermostat, thermostats } from '../support/fleets.js';
import { startFleet, type RunningFleet } from '../support/start-fleet.js';

let fleet: RunningFleet;
afterEach(() => fleet.close());

describe('configuration', () => {
  const update = (merge: Record<string, unknown>, reset: string[] = []) => ({
    components: {
      [thermostat]: {
        componentVersion: '1.1.0',
        configurationUpdate: { merge: JSON.stringify(merge), reset },
      },
    },
  });
  const configuration = () =>
    fleet.device('thermostats-0001').components[thermostat]?.configuration;

  test('is patched per device and survives a change of version', async () => {
    fleet = await startFleet(
      thermostats(1, {
        group: {
          count: 1,
          deployed: {
            [thermostat]: {
              componentVersion: '1.0.0',
              configurationUpdate: { merge: { setPointCelsius: 17, legacy: true } },
            },
          },
        },
      }),
    );
    await fleet.deploy('thermostats', {}, update({ sampleSeconds: 30 }));
    await fleet.advance(900);
    expect(configuration()).toEqual({
      setPointCelsius: 17,
      sampleSeconds: 30,
      legacy: true,
      report: { topic: 'thermostats/reading', everySeconds: 300 },
    });
    await fleet.deploy('thermostats', {}, update({}, ['/legacy', '/setPointCelsius']));
    await fleet.advance(900);
    expect(configuration()).toEqual({
      setPointCelsius: 20,
      sampleSeconds: 30,
      report: { topic: 'thermostats/reading', everySeconds: 300 },
    });
  });

  test('of a component that was removed is gone when it comes back', async () => {
    fleet = await startFleet(thermostats(1));
    await fleet.deploy('thermostats', {}, update({ sampleSeconds: 30 }));
    await fleet.advance(900);
    await fleet.deploy('thermostats', {});
    await fleet.advance(900);
    await fleet.deploy('thermostats', { [thermostat]: '1.1.0' });
    await fleet.advance(900);
    expect(configuration()).toEqual({
      setPointCelsius: 20,
      sampleSeconds: 60,
      report: { topic: 'thermostats/reading', everySeconds: 300 },
    });
  });

  describe('of several targets', () => {
    const D = 'thermostats-0001';
    /** Deploys to these groups in their order, a minute apart. */
    const startGroups = async (updates: Record<string, ReturnType<typeof update>>) => {
      for (const [thingGroupName, deployment] of Object.entries(updates)) {
        if (thingGroupName !== 'thermostats')
          await fleet.iot.send(new CreateThingGroupCommand({ thingGroupName }));
        await fleet.deploy(thingGroupName, {}, deployment);
        await fleet.advance(60);
      }
      await fleet.advance(900);
    };
    const joinAll = async (...groups: string[]) => {
      for (const group of groups) {
        fleet.join(D, group);
        await fleet.advance(900);
      }
    };

    test('an older deployment that arrives later takes back nothing of the newer ones', async () => {
      fleet = await startFleet(thermostats(1, { group: { deployed: {} } }));
      await startGroups({
        older: update({ sampleSeconds: 10, setPointCelsius: 25, floor: 1 }, ['']),
        first: update({ sampleSeconds: 20 }),
        second: update({ setPointCelsius: 30 }),
      });
      await joinAll('first', 'second', 'older');
      expect(configuration()).toEqual({
        sampleSeconds: 20,
        setPointCelsius: 30,
        floor: 1,
        report: { topic: 'thermostats/reading', everySeconds: 300 },
      });
    });

    test('an older one does not bring back what a newer one reset', async () => {
      fleet = await startFleet(thermostats(1, { group: { deployed: {} } }));
      await startGroups({
        older: update({ floor: 1, wing: 'east' }),
        newer: update({}, ['/floor']),
      });
      await joinAll('newer', 'older');
      expect(configuration()).toMatchObject({ wing: 'east' });
      expect(configuration()).not.toHaveProperty('floor');
    });

    test('devices with one configuration tell its histories apart', async () => {
      fleet = await startFleet(thermostats(2));
      await startGroups({
        thermostats: update({ sampleSeconds: 20 }),
        older: update({ sampleSeconds: 10 }),
        newer: update({ sampleSeconds: 20 }),
      });
      await joinAll('newer', 'older');
      fleet.join('thermostats-0002', 'older');
      await fleet.advance(900);
      expect(configuration()?.['sampleSeconds']).toBe(20);
      expect(
        fleet.device('thermostats-0002').components[thermostat]?.configuration['sampleSeconds'],
      ).toBe(10);
    });
  });

  test('what a group has deployed is its first revision, with all that the file says', async () => {
    const deployed = {
      componentVersion: '1.0.0',
      configurationUpdate: { merge: { legacy: true }, reset: ['/report'] },
      runWith: { posixUser: 'ggc_user' },
    };
    fleet = await startFleet(
      thermostats(1, { group: { count: 1, deployed: { [thermostat]: deployed } } }),
    );
    const source = (await fleet.installed('thermostats-0001'))[1]?.lastInstallationSource;
    const { components, revisionId } = await fleet.greengrass.send(
      new GetDeploymentCommand({ deploymentId: source }),
    );
    expect(revisionId).toBe('1');
    expect(components?.[thermostat]).toMatchObject({
      componentVersion: '1.0.0',
      configurationUpdate: { merge: '{"legacy":true}', reset: ['/report'] },
      runWith: { posixUser: 'ggc_user' },
    });
  });
});
