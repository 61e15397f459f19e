import type { Components } from '../aws/components.js';
import { components, releases } from '../aws/release-ports.js';
import type { Releases } from '../aws/releases.js';
import { InvalidPayloadError } from '../domain/errors.js';
import { isDeployable } from '../domain/release/component-state.js';
import {
  releaseTasks,
  type CheckComponentInput,
  type CheckComponentOutput,
} from '../workflows/release.js';
import { task } from './task.js';

/** One look at whether the release's component version can be deployed. */
export const checkComponent =
  (ports: { components: Components; releases: Releases }) =>
  async ({ releaseId, at }: CheckComponentInput): Promise<CheckComponentOutput> => {
    const { componentArn, createdAt } = await ports.releases.existing(releaseId);
    if (componentArn === undefined || createdAt === undefined)
      throw new InvalidPayloadError(`release ${releaseId} has no component version`);
    const found = await ports.components.componentVersion(componentArn);
    const waitedMs = Date.parse(at) - Date.parse(createdAt);
    return { isDeployable: isDeployable(componentArn, found, waitedMs) };
  };

export const handler = task(releaseTasks.CheckComponent, checkComponent({ components, releases }));
