import { afterEach, beforeEach } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateComponentVersionCommand,
  CreateDeploymentCommand,
  GreengrassV2Client,
  type CreateDeploymentCommandInput,
} from '@aws-sdk/client-greengrassv2';
import { IoTClient } from '@aws-sdk/client-iot';
import { startEmulator, type EmulatorOptions } from '../../emulator/main.js';
import { closing } from './closing.js';
import { thermostat, thermostats } from './fleets.js';
import { groupArn } from './start-fleet.js';

/** Something happens to it by itself: failures, breaks and drop-outs. */
export const keptFleet = thermostats(20, {
  behaviours: [
    { component: thermostat, version: '1.1.0', share: 0.2, outcome: 'FAILED' },
    { component: thermostat, version: '1.1.0', share: 0.2, outcome: 'BROKEN', afterSeconds: 600 },
  ],
  timeline: [{ at: '30m', does: 'offline', group: 'thermostats', share: 0.3 }],
  group: { offline: { returnsAfterSeconds: { median: 600, p99: 3600 } } },
});

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'greenwave-data-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Of the data directory of this test: each has one of its own. */
export const dataFile = (name: 'journal' | 'lock') => join(dataDir, name);

/** An emulator that keeps what is done in the data directory of this test. */
export const startKeeping = async (more: Partial<EmulatorOptions> = {}) => {
  const emulator = closing(
    await startEmulator({ fleet: keptFleet, dataDir, timeScale: 'max', ...more }),
  );
  const config = {
    endpoint: emulator.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const greengrass = new GreengrassV2Client(config);
  return {
    emulator,
    iot: new IoTClient(config),
    deploy: (componentVersion: string, more: Partial<CreateDeploymentCommandInput> = {}) =>
      greengrass.send(
        new CreateDeploymentCommand({
          targetArn: groupArn('thermostats'),
          components: { [thermostat]: { componentVersion } },
          ...more,
        }),
      ),
    publish: (version: string) =>
      greengrass.send(
        new CreateComponentVersionCommand({
          inlineRecipe: new TextEncoder().encode(
            `RecipeFormatVersion: '2020-01-25'\nComponentName: com.example.Lamp\nComponentVersion: ${version}\n` +
              'ComponentPublisher: Example\nManifests: [{ Platform: { os: linux } }]\n',
          ),
        }),
      ),
  };
};
