import { greengrass, iot, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import type { Iot } from '../aws/iot.js';
import { cancelOwnDeployments } from '../aws/release-cancel.js';
import type { Rollouts } from '../aws/rollouts.js';
import { readStanding } from '../aws/standing.js';
import {
  beginRollback,
  isRollingBack,
  rollbackLookSeconds,
  withStanding,
} from '../domain/rollback.js';
import { rollbackTasks, type CancelReleaseInput, type DrainOutput } from '../workflows/rollback.js';
import { task } from './task.js';

/** Stops a release: nobody is admitted any more, its deployments are cancelled, and who was in progress is noted. */
export const cancelRelease =
  (ports: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts }) =>
  async ({ rolloutId, at, ...asked }: CancelReleaseInput): Promise<DrainOutput> => {
    const known = await ports.rollouts.existing(rolloutId);
    const lookSeconds = rollbackLookSeconds(known);
    const begun = beginRollback(known, asked);
    // Taken back already, or promoted and only to be cleaned up: what it has deployed stays.
    if (!isRollingBack(begun) || begun.endsAs === 'Promoted') {
      if (isRollingBack(begun)) await ports.rollouts.save(begun);
      return { draining: 0, lookSeconds };
    }
    const rollout = await ports.rollouts.save(
      withStanding(begun, await readStanding(ports, begun)),
    );
    const draining = await cancelOwnDeployments(ports, rollout, Date.parse(at));
    await ports.rollouts.save({ ...rollout, canceledAt: rollout.canceledAt ?? Date.parse(at) });
    await ports.rollouts.record(rolloutId, {
      at,
      step: 'CancelRelease',
      actor: 'rollout',
      what: `the release is cancelled; ${draining.length} devices were in progress`,
      why: rollout.endReason ?? asked.reason,
    });
    return { draining: draining.length, lookSeconds };
  };

export const handler = task(
  rollbackTasks.CancelRelease,
  cancelRelease({ greengrass, iot, rollouts }),
);
