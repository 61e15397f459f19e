import { platformCounts } from './platform-order.js';
import type { Rollout } from './rollout.js';
import { noEvidence } from './rollout-evidence.js';
import type { RolloutFile } from './rollout-file.js';
import { groupNameOf } from './rollout-id.js';
import type { RolloutPlan } from './rollout-plan.js';
import { isThing } from './target.js';
import { noExecutions } from './wave.js';

/** The rollout as it is first kept: planned, with nothing done yet. */
export function plannedRollout(
  plan: RolloutPlan,
  {
    rolloutId,
    file,
    targetArn,
    executionArn,
    at,
  }: { rolloutId: string; file: RolloutFile; targetArn: string; executionArn: string; at: string },
): Rollout {
  return {
    rolloutId,
    name: file.name,
    targetArn,
    file,
    phase: 'Planned',
    phaseSince: at,
    wave: 0,
    waves: plan.waves,
    ranked: plan.order.length,
    platforms: platformCounts(plan.order),
    ineligible: plan.ineligible.length,
    unheard: plan.unheard.length,
    baseline: plan.baseline,
    releaseDocument: plan.releaseDocument,
    revertDocument: plan.revertDocument,
    ...(Object.keys(plan.preflight.pins).length > 0 && { pins: plan.preflight.pins }),
    ...(Object.keys(plan.preflight.pinsBefore).length > 0 && {
      pinsBefore: plan.preflight.pinsBefore,
    }),
    rolloutGroupName: groupNameOf(rolloutId),
    admitted: 0,
    skipped: [],
    left: [],
    admissions: [],
    answeredBefore: 0,
    counts: noExecutions,
    evidence: noEvidence,
    extendedBy: 0,
    approvedWaves: [],
    hit: 0,
    returned: 0,
    stragglers: [],
    failures: [],
    startedAt: at,
    executionArn,
    version: 1,
  };
}

/** What a person reads of a plan. */
export const planNews = (
  { order, waves, ineligible, unheard, baseline }: RolloutPlan,
  targetArn: string,
): { what: string; why: string } =>
  isThing(targetArn)
    ? {
        what: `planned: a deployment to ${targetArn} itself`,
        why: `baseline: ${baseline?.deploymentId ?? 'none'}`,
      }
    : {
        what: `planned: ${order.length} devices in ${waves.length} waves on ${targetArn}`,
        why: `${ineligible.length} ineligible, ${unheard.length} unhealthy or unheard of`,
      };
