import { readTargetFacts } from '../src/aws/target-facts.js';
import { planRollout } from '../src/domain/rollout-plan.js';
import type { RolloutPlan } from '../src/domain/rollout-plan.js';
import type { TargetFacts } from '../src/domain/target-facts.js';
import type { RolloutFile } from '../src/domain/rollout-file.js';
import type { Connections } from './clients.js';
import { cloudNow } from './cloud-now.js';

/** Plans a rollout of a file on what is there now. Changes nothing; throws what the plan refuses. */
export async function planFrom(
  rolloutId: string,
  { file, path }: { file: RolloutFile; path: string },
  connections: Connections,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ plan: RolloutPlan; facts: TargetFacts }> {
  const readAt = await cloudNow(environment);
  const facts = await readTargetFacts(connections, { rolloutId, file, readAt });
  return { plan: planRollout(rolloutId, file, facts, path), facts };
}
