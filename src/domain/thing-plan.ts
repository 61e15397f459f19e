import {
  foldOf,
  mergeOf,
  touchedPlaces,
  type ComponentSpecification,
  type DeploymentDocument,
} from './deployment-document.js';
import { pointerOf, valueAt } from './json-pointer.js';
import { membershipOf, type Membership } from './membership.js';
import type { RevisionFacts } from './refusals.js';
import type { RolloutFile } from './rollout-file.js';
import { shortTarget } from './target.js';

/** A deployment that reaches devices by another target than the rollout's. */
export interface OtherDeployment {
  readonly targetArn: string;
  readonly deploymentId: string;
  readonly document: DeploymentDocument;
}

/**
 * The one device of a rollout to a thing. One that is only silent has a rank all the same: there is nobody to go first, and the
 * rollout waits for it. Then `silence` says how it is.
 */
export function thingMembership(facts: Parameters<typeof membershipOf>[0]): {
  members: Membership;
  silence: string | undefined;
} {
  const members = membershipOf(facts);
  const silence = members.unheard.find(({ reason }) => reason !== 'UNHEALTHY')?.reason;
  const ranked = facts.coreDevices.map(({ thing, platform }) => ({ thing, platform }));
  return { members: silence ? { ...members, ranked, unheard: [] } : members, silence };
}

/** Why a release can't be rolled out to this thing at all. */
export function thingProblems(target: string, members: Membership): string[] {
  const { ineligible, unheard, notCoreDevices } = members;
  return [
    notCoreDevices.length > 0 && 'is no core device; name a Greengrass core device',
    ineligible.length > 0 && 'runs the nucleus lite, which takes deployments of thing groups only',
    unheard.length > 0 &&
      'is UNHEALTHY already, so that its health could not tell what the release does; repair it first',
  ].flatMap((problem) => (problem === false ? [] : [`target: ${target} ${problem}`]));
}

interface Planned {
  readonly file: RolloutFile;
  readonly revisions: readonly RevisionFacts[];
  readonly others: readonly OtherDeployment[];
}

/** Places of a component that the release touches and another deployment sets. */
function sharedPlaces(
  { file, revisions }: Planned,
  name: string,
  specification: ComponentSpecification | undefined,
): string[] {
  const change = file.release.components[name];
  if (change === undefined || change === 'remove') return [];
  const documents = revisions.map(({ document }) => document);
  const set = mergeOf(specification);
  const isSet = (keys: readonly string[]) =>
    keys.length === 0 ? Object.keys(set).length > 0 : valueAt(set, keys) !== undefined;
  return touchedPlaces(change, foldOf(name, documents))
    .filter(isSet)
    .map((keys) => pointerOf(keys) || '(all)');
}

function configurationConflicts(planned: Planned, other: OtherDeployment): string[] {
  const group = shortTarget(other.targetArn);
  return Object.keys(planned.file.release.components).flatMap((name) => {
    const places = sharedPlaces(planned, name, other.document.components[name]);
    if (places.length === 0) return [];
    return [
      `release.components.${name}: ${group} sets ${places.join(', ')} too (deployment ${other.deploymentId}), which going back could not give back; change it there`,
    ];
  });
}

/** What contradicts the configuration of the thing's groups: the revert, made of the thing's own revisions, gives back only what these have set. */
export const conflictProblems = (planned: Planned): string[] =>
  planned.others.flatMap((other) => configurationConflicts(planned, other));

/** What a person is told before a rollout to one thing starts. */
export function thingWarnings(
  latest: RevisionFacts | undefined,
  silence: string | undefined,
): string[] {
  return [
    silence && `the device is silent (${silence}): the rollout holds until it begins`,
    latest?.deploymentStatus === 'ACTIVE' &&
      `its own deployment ${latest.deploymentId} is ACTIVE: the device has not ended it yet`,
  ].filter((line) => typeof line === 'string');
}
