import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import type { Rollouts } from '../aws/rollouts.js';
import { readTargetFacts } from '../aws/target-facts.js';
import { InvalidRolloutError } from '../domain/errors.js';
import { plannedRollout, planNews } from '../domain/planned-rollout.js';
import { parseRolloutFile } from '../domain/rollout-file.js';
import { isNamedAfter } from '../domain/rollout-id.js';
import { planRollout as plan } from '../domain/rollout-plan.js';
import type { Rollout } from '../domain/rollout.js';
import { isThing } from '../domain/target.js';
import {
  rolloutTasks,
  type PlanRolloutInput,
  type PlanRolloutOutput,
} from '../workflows/rollout.js';
import { task } from './task.js';

const planned = ({ waves, targetArn }: Rollout): PlanRolloutOutput => ({
  waves: waves.length,
  isDirect: isThing(targetArn),
});

/** Plans a rollout and keeps the plan: order, waves, documents. Nothing of the fleet is changed. */
export const planRollout =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ request, executionArn, at }: PlanRolloutInput): Promise<PlanRolloutOutput> => {
    const { rolloutId, rollout: written, startedBy } = request;
    const known = await ports.rollouts.read(rolloutId);
    if (known?.executionArn === executionArn) return planned(known);
    if (!isNamedAfter(rolloutId, executionArn))
      throw new InvalidRolloutError(
        `rolloutId: ${rolloutId} is not the name of its execution ${executionArn}; give both the same`,
      );
    if (known)
      throw new InvalidRolloutError(`rolloutId: ${rolloutId} is taken; start it under another id`);
    const file = parseRolloutFile(written, 'rollout');
    const facts = await readTargetFacts(ports, { rolloutId, file, readAt: Date.parse(at) });
    const made = plan(rolloutId, file, facts);
    const { targetArn } = facts;
    const rollout = plannedRollout(made, { rolloutId, file, targetArn, executionArn, at });
    await ports.rollouts.saveOrder(rolloutId, made.order);
    await ports.rollouts.record(rolloutId, {
      at,
      step: 'PlanRollout',
      actor: startedBy,
      ...planNews(made, targetArn),
    });
    await ports.rollouts.create(rollout);
    return planned(rollout);
  };

export const handler = task(rolloutTasks.PlanRollout, planRollout({ greengrass, iot, rollouts }));
