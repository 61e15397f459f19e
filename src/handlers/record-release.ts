import { releases } from '../aws/release-ports.js';
import type { Releases } from '../aws/releases.js';
import { endedRelease } from '../domain/release/release-outcome.js';
import { releaseTasks, type RecordReleaseInput } from '../workflows/release.js';
import { logger, task } from './task.js';

/** Writes down how a release has ended; what it has put into the line goes on by itself. */
export const recordRelease =
  (ports: { releases: Releases }) =>
  async ({ releaseId, outcome, at }: RecordReleaseInput) => {
    const release = await ports.releases.existing(releaseId);
    const ended = endedRelease(release, outcome, at);
    await ports.releases.save(ended);
    const { phase, reason } = ended;
    if (phase === 'Failed') logger.error('release failed', { releaseId, reason });
    else logger.info('release ended', { releaseId, reason });
    return {};
  };

export const handler = task(releaseTasks.RecordRelease, recordRelease({ releases }));
