import type { DeploymentDocument } from './deployment-document.js';
import type { RolloutFile } from './rollout-file.js';

/** A revision of the target. */
export interface RevisionFacts {
  readonly deploymentId: string;
  readonly revisionId: string;
  readonly deploymentStatus: string;
  /** Epoch milliseconds. */
  readonly creationAt: number;
  /** Set where the target is itself the rollout group, or the canary, of another group. */
  readonly parentTargetArn?: string | undefined;
  readonly document: DeploymentDocument;
}

/** What the registry of components says about one version. */
export interface ComponentFacts {
  readonly name: string;
  readonly version: string;
  readonly state:
    'REQUESTED' | 'INITIATED' | 'DEPLOYABLE' | 'FAILED' | 'DEPRECATED' | 'DELETED' | 'NOT_FOUND';
  readonly message?: string | undefined;
}

/** Another rollout that isn't over, and how its target lies to this one's. */
export interface OpenRolloutFacts {
  readonly rolloutId: string;
  readonly targetArn: string;
  readonly relation: 'same' | 'ancestor' | 'descendant' | 'shares-members';
  /** Some of the shared members. */
  readonly things?: readonly string[] | undefined;
}

/** What is wrong with the target's latest revision as a baseline. */
export function baselineProblems(target: string, latest: RevisionFacts | undefined): string[] {
  if (latest === undefined) return [];
  const revision = `target: ${target}: the latest deployment ${latest.deploymentId} (revision ${latest.revisionId})`;
  if (latest.parentTargetArn !== undefined)
    return [
      `${revision} is a subdeployment of ${latest.parentTargetArn}; roll out to that group, or give this one a deployment of its own first`,
    ];
  if (latest.deploymentStatus === 'ACTIVE' || latest.deploymentStatus === 'COMPLETED') return [];
  return [
    `${revision} is ${latest.deploymentStatus}, so it doesn't say what the devices run; deploy to the target the document that is to be the baseline, then start this rollout again`,
  ];
}

/** What the release names that the baseline doesn't have. */
export function removalProblems(file: RolloutFile, baseline: DeploymentDocument): string[] {
  const names = Object.keys(baseline.components);
  const right = names.length === 0 ? 'which has no components' : `which has ${names.join(', ')}`;
  return Object.entries(file.release.components)
    .filter(([name, change]) => change === 'remove' && baseline.components[name] === undefined)
    .map(
      ([name]) =>
        `release.components.${name}: "remove" is only for a component of the baseline, ${right}`,
    );
}

/** The versions of the release that can't be deployed, and what the service says of them. */
export function deployableProblems(
  file: RolloutFile,
  components: readonly ComponentFacts[],
): string[] {
  return Object.entries(file.release.components).flatMap(([name, change]) => {
    if (change === 'remove') return [];
    const { version } = change;
    const facts = components.find((one) => one.name === name && one.version === version);
    if (facts?.state === 'DEPLOYABLE') return [];
    const at = `release.components.${name}.version: "${version}"`;
    if (facts === undefined || facts.state === 'NOT_FOUND')
      return [`${at} does not exist; create the component version first, or name one that exists`];
    const message = facts.message === undefined ? '' : ` (${facts.message})`;
    return [`${at} is ${facts.state}${message}; it has to be DEPLOYABLE`];
  });
}

/** The rollouts that hold the target, or a part of it. */
export function lockProblems(target: string, open: readonly OpenRolloutFacts[]): string[] {
  return open.map(({ rolloutId, targetArn, relation, things = [] }) => {
    const some = things.slice(0, 3).join(', ');
    const more = things.length > 3 ? ` and ${things.length - 3} more` : '';
    const held = {
      same: 'is held',
      ancestor: `lies inside ${targetArn}, which is held`,
      descendant: `contains ${targetArn}, which is held`,
      'shares-members': `shares ${some === '' ? 'devices' : `${some}${more}`} with ${targetArn}, which is held`,
    }[relation];
    return `target: ${target} ${held} by rollout ${rolloutId}; wait until it is over, or end one whose execution is dead with \`greenwave cleanup ${rolloutId}\``;
  });
}
