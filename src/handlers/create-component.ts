import { makeComponent } from '../aws/component-making.js';
import type { Components } from '../aws/components.js';
import { components, releases } from '../aws/release-ports.js';
import type { Releases } from '../aws/releases.js';
import { contentOf } from '../domain/release/release.js';
import { parseReleaseYaml } from '../files/release-yaml.js';
import { releaseTasks, type ReleaseStepInput } from '../workflows/release.js';
import { logger, task } from './task.js';

/** Makes the release's component version; the same one again is one. */
export const createComponent =
  (ports: { components: Components; releases: Releases }) =>
  async ({ releaseId, executionArn, at }: ReleaseStepInput) => {
    const release = await ports.releases.existing(releaseId);
    if (release.componentArn !== undefined) return {};
    const content = contentOf(release);
    const about = { releaseId, executionArn };
    const componentArn = await makeComponent(ports.components, content, about, parseReleaseYaml);
    const { component, version } = content;
    const reason = `${component} ${version} is being checked by Greengrass`;
    await ports.releases.save({
      ...release,
      componentArn,
      createdAt: at,
      phase: 'Waiting',
      reason,
    });
    logger.info('component version made', { releaseId, componentArn });
    return {};
  };

export const handler = task(
  releaseTasks.CreateComponent,
  createComponent({ components, releases }),
);
