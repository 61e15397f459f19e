import { mergeOf, revertDocument, type DeploymentDocument } from '../deployment-document.js';
import type { Release } from '../rollout-file.js';

/** What a revision changed of the one before, as a release would have it. */
function releaseBetween(former: DeploymentDocument, latest: DeploymentDocument): Release {
  const names = [
    ...new Set([...Object.keys(former.components), ...Object.keys(latest.components)]),
  ];
  const changes = names.map((name): [string, Release['components'][string]] => {
    const now = latest.components[name];
    if (now === undefined) return [name, 'remove'];
    const reset = now.configurationUpdate?.reset;
    return [
      name,
      { version: now.componentVersion, merge: mergeOf(now), ...(reset !== undefined && { reset }) },
    ];
  });
  return { components: Object.fromEntries(changes) };
}

/**
 * The document that takes one device from a revision back to a former one, versions and configuration; `revisions` oldest first, the
 * former one last.
 */
export const takeBackDocument = (
  former: DeploymentDocument,
  latest: DeploymentDocument,
  revisions: readonly DeploymentDocument[],
): DeploymentDocument => revertDocument(former, releaseBetween(former, latest), revisions);
