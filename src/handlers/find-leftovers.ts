import { rollouts, stepFunctions } from '../aws/connected.js';
import { isRunning } from '../aws/execution-state.js';
import type { Rollouts } from '../aws/rollouts.js';
import type { StepFunctions } from '../aws/step-functions.js';
import type { Rollout } from '../domain/rollout.js';
import { sweepOf } from '../domain/sweep.js';
import { LARGEST_SWEEP, sweepTasks, type FindLeftoversInput } from '../workflows/sweep.js';
import { task } from './task.js';

/** Finds the rollouts of which something is left standing, and those whose execution died before they ended. */
export const findLeftovers =
  (ports: { rollouts: Rollouts; stepFunctions: StepFunctions }) =>
  async ({ at }: FindLeftoversInput) => {
    const ended = await ports.rollouts.list('sweep');
    const dead: Rollout[] = [];
    for (const rollout of await ports.rollouts.list('open'))
      if (!(await isRunning(ports.stepFunctions, rollout.executionArn))) dead.push(rollout);
    return { rolloutIds: sweepOf({ ended, dead }, Date.parse(at), LARGEST_SWEEP) };
  };

export const handler = task(sweepTasks.FindLeftovers, findLeftovers({ rollouts, stepFunctions }));
