import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FleetFile } from '../emulator/fleet-file.js';
import { packageRoot, type World } from './world.js';

const examples = join(packageRoot, 'examples');
const readYaml = (name: string): unknown => parse(readFileSync(join(examples, name), 'utf8'));

export const COMPONENT = 'com.example.Thermostat';
/** The version that `examples/rollout-bad.yaml` ships. */
export const BAD_VERSION = '1.2.0';

/** Another seed is another fleet, other devices that fail and another order of admission. */
const rolloutIdOf = (seed: number) =>
  `thermostat-${BAD_VERSION}-${seed.toString(32).padStart(8, '0')}`;

/** The example's bad rollout over the example's fleet, with a version that fails on `share` of the devices. */
export function exampleWorld(seed: number, share: number): World {
  const fleet = FleetFile.parse(readYaml('fleet.yaml'));
  return {
    fleet: {
      ...fleet,
      seed,
      components: fleet.components.map((recipe) =>
        typeof recipe === 'string' ? join(examples, recipe) : recipe,
      ),
      behaviours: [{ component: COMPONENT, version: BAD_VERSION, share, outcome: 'FAILED' }],
    },
    rolloutId: rolloutIdOf(seed),
    rollout: readYaml('rollout-bad.yaml'),
  };
}
