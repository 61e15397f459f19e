import { greengrass, iot, rollouts, stepFunctions } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { required } from '../aws/release-environment.js';
import { moveLines } from '../aws/release-line.js';
import { releases } from '../aws/release-ports.js';
import type { Releases } from '../aws/releases.js';
import type { Rollouts } from '../aws/rollouts.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { nextTime } from '../files/cron-times.js';
import {
  releaseTasks,
  type StartQueuedInput,
  type StartQueuedOutput,
} from '../workflows/release.js';
import { logger, task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly releases: Releases;
  readonly rollouts: Rollouts;
  readonly stepFunctions: StepFunctions;
  readonly rolloutMachineArn: () => string;
}

/** Starts the rollouts whose turn has come: after a release, when a rollout has ended, and every 15 minutes. */
export const startQueued =
  (ports: Ports) =>
  async ({ at }: StartQueuedInput): Promise<StartQueuedOutput> => {
    const moved = await moveLines({ ...ports, nextTime }, Date.parse(at));
    if (moved.started.length > 0) logger.info('rollouts started from the line', moved);
    return moved;
  };

const rolloutMachineArn = () => required('ROLLOUT_MACHINE_ARN');

export const handler = task(
  releaseTasks.StartQueued,
  startQueued({ greengrass, iot, releases, rollouts, stepFunctions, rolloutMachineArn }),
);
