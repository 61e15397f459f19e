import { expect, test } from '@jest/globals';
import { buildFleetFile } from '../../emulator/fleet-of.js';
import { loadFleet, parseFleet } from '../../emulator/load-fleet-file.js';
import { startFleet } from '../support/start-fleet.js';

test('a fleet is built without files: groups, what they run, and what may be deployed besides', async () => {
  const fleet = await startFleet(
    buildFleetFile({
      coreDevices: { kiosks: 2, thermostats: 3 },
      runs: { 'com.example.Hello': '1.0.0' },
      published: { 'com.example.Hello': ['1.1.0'], 'com.example.Other': ['2.0.0'] },
    }),
  );
  expect(fleet.emulator.inspect.devices()).toHaveLength(5);
  expect(fleet.versions('com.example.Hello')).toEqual({ '1.0.0': 5 });
  await fleet.deploy('kiosks', { 'com.example.Hello': '1.1.0', 'com.example.Other': '2.0.0' });
  await fleet.advance(3600);
  await fleet.close();
  expect(fleet.versions('com.example.Hello')).toEqual({ '1.0.0': 3, '1.1.0': 2 });
  expect(fleet.versions('com.example.Other')).toEqual({ '2.0.0': 2, none: 3 });
});

test('devices that run nothing have no deployment', () => {
  expect(buildFleetFile({ coreDevices: { kiosks: 1 }, seed: 3 })).toEqual({
    seed: 3,
    components: [],
    thingGroups: { kiosks: { count: 1 } },
  });
});

test('a recipe that is written out and is none is named by its place', async () => {
  const spec = parseFleet({ components: [{ ComponentName: 'com.example.Hello' }] }, 'fleet.yaml');
  const { recipes } = await loadFleet(spec, 'fleet.yaml', '.');
  expect(recipes.map(({ name }) => name)).toEqual(['what is written there']);
  await expect(
    startFleet({ components: [{ ComponentName: 'com.example.Hello' }] }),
  ).rejects.toThrow('components[0]: what is written there is not a recipe that can be published');
});
