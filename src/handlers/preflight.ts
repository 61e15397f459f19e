import { greengrass, iot, rollouts } from '../aws/connected.js';
import { releases } from '../aws/release-ports.js';
import { preflightRelease } from '../aws/release-preflight.js';
import { preflightNews } from '../domain/release/place-preflight.js';
import {
  releaseTasks,
  type PreflightInput,
  type QueueRolloutsOutput,
} from '../workflows/release.js';
import { logger, task } from './task.js';

/** Tells early what would refuse a release in its turn: nobody has to wait for the line to learn of a conflict. */
export const preflight =
  (ports: Parameters<typeof preflightRelease>[0]) =>
  async ({ releaseId, told, at }: PreflightInput): Promise<QueueRolloutsOutput> => {
    const places = await preflightRelease(ports, releaseId, Date.parse(at));
    const reason = preflightNews(told, places);
    if (reason !== told) logger.warn('preflight has found conflicts', { releaseId, reason });
    return { reason };
  };

export const handler = task(
  releaseTasks.Preflight,
  preflight({ greengrass, iot, releases, rollouts }),
);
