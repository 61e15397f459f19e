import { greengrass, iot, rollouts, stepFunctions } from '../aws/connected.js';
import { isRunning } from '../aws/execution-state.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { sweepAfterStragglers } from '../aws/straggler-sweep.js';
import type { Rollouts } from '../aws/rollouts.js';
import type { StepFunctions } from '../aws/step-functions.js';
import { isOpen } from '../domain/rollout-end.js';
import type { Rollout } from '../domain/rollout.js';
import { isLeft, isUntold, listedAs } from '../domain/sweep.js';
import { sweepTasks, type SweepRolloutInput, type SweepRolloutOutput } from '../workflows/sweep.js';
import { task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
  readonly stepFunctions: StepFunctions;
}

const none = (reason: string): SweepRolloutOutput => ({ action: 'none', reason });

async function isHolding({ iot: registry, rollouts: kept }: Ports, rollout: Rollout) {
  const lock = await kept.lockOf(rollout.targetArn);
  if (lock?.rolloutId === rollout.rolloutId) return true;
  return (await registry.thingGroup(rollout.rolloutGroupName)) !== undefined;
}

/** A rollout that has ended and whose end the bus has not taken: each write tells it once more. */
const told = async ({ rollouts: kept }: Ports, rollout: Rollout): Promise<Rollout> =>
  !isOpen(rollout) && isUntold(rollout) ? kept.save(rollout) : rollout;

/** Looks after what is left of one rollout, or answers that it is to be taken back first. */
export const sweepRollout =
  (ports: Ports) =>
  async ({ rolloutId, at }: SweepRolloutInput): Promise<SweepRolloutOutput> => {
    const known = await ports.rollouts.existing(rolloutId);
    for (const arn of [known.executionArn, known.rollbackExecutionArn])
      if (await isRunning(ports.stepFunctions, arn)) return none('its execution runs');
    const rollout = await told(ports, known);
    const listed = listedAs(rollout);
    if (listed === 'ENDED') return none('nothing is left of it');
    if (listed === 'SWEEP' && !isLeft(rollout)) return none('its end could not be told');
    const { phase, endReason } = rollout;
    if (listed === 'SWEEP' && phase !== 'Failed')
      return none(await sweepAfterStragglers(ports, rollout, at));
    const reason = endReason ?? `its execution has ended while it was ${phase}`;
    if (listed === 'OPEN' || (await isHolding(ports, rollout)))
      return { action: 'rollback', reason };
    await ports.rollouts.save({ ...rollout, sweptAt: at });
    return none('it left nothing behind');
  };

export const handler = task(
  sweepTasks.SweepRollout,
  sweepRollout({ greengrass, iot, rollouts, stepFunctions }),
);
