import { statusOf } from './rollout-status.js';
import type { Rollout } from './rollout.js';

/** What other systems are told of a rollout that has come into another phase. */
export interface RolloutEvent {
  readonly detailType: 'Greenwave Rollout Phase Changed';
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The event about a rollout's new phase; undefined where it was told already, or nothing has happened yet. A step that runs
 * again may tell it twice, with the same id.
 */
export function rolloutEvent(rollout: Rollout): RolloutEvent | undefined {
  const { rolloutId, phase, announced = 'Planned', version } = rollout;
  if (phase === announced) return undefined;
  return {
    detailType: 'Greenwave Rollout Phase Changed',
    detail: {
      schemaVersion: 1,
      id: `${rolloutId}/${version}/${phase}`,
      previousPhase: announced,
      rollout: statusOf(rollout),
    },
  };
}
