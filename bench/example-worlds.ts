import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { FleetFile } from '../emulator/fleet-file.js';
import type { Strategy } from '../src/domain/rollout-file.js';
import { packageRoot, type World } from './world.js';

const examples = join(packageRoot, 'examples');
const readYaml = (name: string): unknown => parse(readFileSync(join(examples, name), 'utf8'));

export const COMPONENT = 'com.example.Thermostat';
/** The version that `examples/rollout-bad.yaml` ships. */
export const BAD_VERSION = '1.2.0';

/** Another seed is another fleet, other devices that fail and another order of admission. */
const rolloutIdOf = (seed: number) =>
  `thermostat-${BAD_VERSION}-${seed.toString(32).padStart(8, '0')}`;

/** A rollout file as a person writes it. */
const Written = z.looseObject({ strategy: z.looseObject({}) });

/** What a study changes of the example. */
export interface Study {
  /** Of the devices, how many the version fails on. */
  readonly share: number;
  readonly onHold: Strategy['onHold'];
}

/** The example's bad rollout over the example's fleet, as a study has it. */
export function exampleWorld(seed: number, { share, onHold }: Study): World {
  const fleet = FleetFile.parse(readYaml('fleet.yaml'));
  const rollout = Written.parse(readYaml('rollout-bad.yaml'));
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
    rollout: { ...rollout, strategy: { ...rollout.strategy, onHold } },
  };
}
