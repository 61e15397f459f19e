import { join } from 'node:path';
import type { Host } from '../local/host.js';
import { fleetState } from '../cli/demo/device-states.js';
import { BAD_VERSION, COMPONENT } from './example-worlds.js';
import { packageRoot, runWorld, type RunWorld, type World } from './world.js';

const DEVICES = 24;
const recipe = (version: string) =>
  join(packageRoot, `examples/recipes/thermostat-${version}.yaml`);

/** Half of the notifications are lost, half of the others come twice, and each comes up to ten minutes late. */
const FAULTS = { events: { drop: 0.5, duplicate: 0.5, reorderSeconds: 600 } };

/** Odd seeds have a release that fails on every other device, even ones a good release. */
function notificationWorld(seed: number, isFaulty: boolean): World {
  const share = seed % 2 === 0 ? 0 : 0.5;
  return {
    rolloutId: `thermostat-${BAD_VERSION}-${seed.toString(32).padStart(8, '0')}`,
    fleet: {
      seed,
      components: ['1.0.0', BAD_VERSION].map(recipe),
      thingGroups: {
        thermostats: {
          count: DEVICES,
          platforms: { 'linux/aarch64': 1 },
          nucleus: '2.15.0',
          deploySeconds: { median: 30, p99: 120 },
          deployed: { [COMPONENT]: { componentVersion: '1.0.0' } },
        },
      },
      behaviours: [{ component: COMPONENT, version: BAD_VERSION, share, outcome: 'FAILED' }],
      ...(isFaulty && { faults: FAULTS }),
    },
    rollout: {
      name: `thermostat-${BAD_VERSION}`,
      target: 'thinggroup/thermostats',
      release: { components: { [COMPONENT]: { version: BAD_VERSION, merge: { fresh: true } } } },
      strategy: {
        waves: [
          { devices: 6, bake: '5m' },
          { percent: 100, bake: '5m' },
        ],
        health: { deviceDeadline: '15m' },
        maxInFlight: 10,
      },
    },
  };
}

/** What a rollout has led to, whenever it did: its phase, what runs on every device, and what is left of it. */
function endStateOf(world: World, host: Host) {
  const read = async ({ cloud, connections: { iot, rollouts }, rollout }: RunWorld) => ({
    phase: rollout.phase,
    devices: Object.fromEntries(fleetState(cloud)),
    isGroupLeft: (await iot.thingGroup(rollout.rolloutGroupName)) !== undefined,
    isLocked: (await rollouts.lockOf(rollout.targetArn)) !== undefined,
    stragglers: rollout.stragglers,
  });
  return runWorld(world, read, host);
}

export type EndState = Awaited<ReturnType<typeof endStateOf>>;

/** The end of one world when all notifications arrive as they are sent, and when they are lost, doubled and late. */
export async function endStates(
  seed: number,
  host: Host,
): Promise<{ plain: EndState; faulty: EndState }> {
  return {
    plain: await endStateOf(notificationWorld(seed, false), host),
    faulty: await endStateOf(notificationWorld(seed, true), host),
  };
}
