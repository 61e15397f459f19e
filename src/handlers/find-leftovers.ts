import { rollouts, stepFunctions } from '../aws/connected.js';
import { isRunning } from '../aws/execution-state.js';
import type { Rollouts } from '../aws/rollouts.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { isLeft, turnOf } from '../domain/sweep.js';
import { LARGEST_SWEEP, sweepTasks, type FindLeftoversInput } from '../workflows/sweep.js';
import { task } from './task.js';

/** Finds the rollouts of which something is left standing, and those whose execution died before they ended. */
export const findLeftovers =
  (ports: { rollouts: Rollouts; stepFunctions: StepFunctions }) =>
  async ({ at }: FindLeftoversInput) => {
    const left = await ports.rollouts.list('sweep');
    const open = await ports.rollouts.list('open');
    const found = left.filter(isLeft).map(({ rolloutId }) => rolloutId);
    for (const { rolloutId, executionArn } of open)
      if (!(await isRunning(ports.stepFunctions, executionArn))) found.push(rolloutId);
    const swept = turnOf(found, Date.parse(at), LARGEST_SWEEP);
    // Where only the end is still to be told, nobody's device waits for it.
    const untold = left.filter((rollout) => !isLeft(rollout)).map(({ rolloutId }) => rolloutId);
    return {
      rolloutIds: [...swept, ...turnOf(untold, Date.parse(at), LARGEST_SWEEP - swept.length)],
    };
  };

export const handler = task(sweepTasks.FindLeftovers, findLeftovers({ rollouts, stepFunctions }));
