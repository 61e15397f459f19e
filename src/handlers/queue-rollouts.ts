import { greengrass, rollouts } from '../aws/connected.js';
import type { Greengrass } from '../aws/greengrass.js';
import { required } from '../aws/release-environment.js';
import { releases } from '../aws/release-ports.js';
import { queueRelease } from '../aws/release-queue.js';
import type { Releases } from '../aws/releases.js';
import type { Rollouts } from '../aws/rollouts.js';
import { queueNews } from '../domain/release/new-place.js';
import { destinationsOf, type Policy } from '../domain/release/policy.js';
import { contentOf } from '../domain/release/release.js';
import { packagedPolicies } from '../files/packaged-policies.js';
import {
  releaseTasks,
  type QueueRolloutsOutput,
  type ReleaseStepInput,
} from '../workflows/release.js';
import { logger, task } from './task.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly releases: Releases;
  readonly rollouts: Rollouts;
  readonly policies: () => Promise<Policy[]>;
}

/** Puts a release into the line of each target that the standing policies have for it. */
export const queueRollouts =
  (ports: Ports) =>
  async (about: ReleaseStepInput): Promise<QueueRolloutsOutput> => {
    const content = contentOf(await ports.releases.existing(about.releaseId));
    const policies = await ports.policies();
    const destinations = destinationsOf(policies, content);
    const places = await queueRelease(ports, destinations, content, about);
    const reason = queueNews(places, content, policies);
    logger.info('release queued', { releaseId: about.releaseId, reason });
    return { reason };
  };

const policies = () => packagedPolicies(required('LAMBDA_TASK_ROOT'));

export const handler = task(
  releaseTasks.QueueRollouts,
  queueRollouts({ greengrass, releases, rollouts, policies }),
);
