import type { FleetFile } from '../../emulator/fleet-file.js';

export const thermostat = 'com.example.Thermostat';

/** Thermostats that run 1.0.0; what else a test is about, it says. */
export const thermostats = (
  count: number,
  more: Omit<FleetFile, 'thingGroups'> & {
    group?: NonNullable<FleetFile['thingGroups']>[string];
  } = {},
): FleetFile => {
  const { group, ...rest } = more;
  return {
    seed: 7,
    components: [
      'examples/recipes/thermostat-1.0.0.yaml',
      'examples/recipes/thermostat-1.1.0.yaml',
    ],
    thingGroups: {
      thermostats: {
        count,
        platforms: { 'linux/aarch64': 0.8, 'linux/amd64': 0.2 },
        nucleus: '2.15.0',
        deploySeconds: { median: 40, p99: 300 },
        deployed: { [thermostat]: { componentVersion: '1.0.0' } },
        ...group,
      },
    },
    ...rest,
  };
};

/** A rollout file that moves thermostats to 1.1.0 in three waves, with few looks at each bake. */
export const rolloutTo = (version: string) => ({
  name: `thermostat-${version}`,
  target: 'thinggroup/thermostats',
  release: { components: { [thermostat]: { version, merge: { sampleSeconds: 30 } } } },
  strategy: {
    waves: [
      { name: 'canary', devices: 5, bake: '5m' },
      { name: 'half', percent: 50, bake: '5m' },
      { percent: 100, bake: '5m' },
    ],
    health: { maxFailurePercent: 10, deviceDeadline: '30m', minReachPercent: 80 },
    maxInFlight: 20,
  },
});
