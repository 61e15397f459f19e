import { components, releases } from '../aws/release-ports.js';
import type { Components } from '../aws/components.js';
import type { Releases } from '../aws/releases.js';
import { webhookParameters } from '../aws/webhook-ports.js';
import type { WebhookParameters } from '../aws/webhook-parameters.js';
import { componentArn } from '../domain/component-arn.js';
import { newRelease } from '../domain/release/release.js';
import { readRelease as read } from '../files/read-release.js';
import { releaseTasks, type ReadReleaseInput } from '../workflows/release.js';
import { task } from './task.js';

interface Ports {
  readonly components: Components;
  readonly releases: Releases;
  readonly parameters: WebhookParameters;
}

/** Keeps the release, then reads its file and recipe, once: a version that counts on from others is settled here. */
export const readRelease =
  (ports: Ports) =>
  async ({ request, executionArn, at }: ReadReleaseInput) => {
    const made = newRelease(request, executionArn, at);
    await ports.releases.create(made);
    const kept = await ports.releases.existing(request.releaseId);
    if (kept.content) return {};
    const content = await read(request.origin, {
      githubOf: (source) => ports.parameters.githubOf(source),
      versionsOf: (component) =>
        ports.components.componentVersions(componentArn(executionArn, component)),
    });
    await ports.releases.save({ ...kept, content, phase: 'Creating' });
    return {};
  };

export const handler = task(
  releaseTasks.ReadRelease,
  readRelease({ components, releases, parameters: webhookParameters }),
);
