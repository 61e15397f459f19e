import type { Deployment } from '../cloud.js';
import type { Runtime } from './runtime.js';

/**
 * What one target of a device asks for: the roots of the last deployment that succeeded there.
 * Shared between devices, so never changed in place.
 */
export interface Slot {
  /** `thinggroup/<name>` or `thing/<name>`. */
  readonly name: string;
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly roots: Readonly<Record<string, string>>;
}

/** `thinggroup/name` of a thing-group ARN, `thing/name` of a thing ARN. */
const nameOf = (targetArn: string) => targetArn.split(':').slice(5).join(':');

/**
 * The slot that a deployment takes on a device.
 * Documented: nucleus source, DeploymentDocument.getGroupName: a subdeployment takes the slot of its root parent, so its
 * roots replace the parent's there instead of joining them.
 * Documented: nucleus lite source, deployment_queue.c: the slot is always that of the target itself.
 */
export const slotName = (
  { targetArn, ancestors }: Pick<Deployment, 'targetArn' | 'ancestors'>,
  runtime: Runtime,
): string => nameOf(runtime === 'aws_nucleus_lite' ? targetArn : (ancestors.at(-1) ?? targetArn));

/** The slot as it will be once this deployment has succeeded. */
export function slotOf(deployment: Deployment, runtime: Runtime): Slot {
  const roots: Record<string, string> = {};
  for (const [component, { componentVersion }] of Object.entries(deployment.components))
    roots[component] = componentVersion ?? '*';
  return {
    name: slotName(deployment, runtime),
    deploymentId: deployment.deploymentId,
    createdAt: deployment.creationTimestamp,
    roots,
  };
}

/**
 * The slots of a device once `incoming` has its place.
 * Documented: nucleus source, DefaultDeploymentTask: at each deployment the slots of groups that the thing has left are
 * dropped, which is why a group's components leave with the next deployment and not before. A device that may not ask for
 * its groups keeps them all: `groups` is undefined.
 */
export function slotsWith(
  slots: readonly Slot[],
  incoming: Slot,
  groups: readonly string[] | undefined,
): readonly Slot[] {
  const others = slots.filter(
    ({ name }) =>
      name !== incoming.name &&
      (groups === undefined ||
        name.startsWith('thing/') ||
        groups.includes(name.slice('thinggroup/'.length))),
  );
  return [...others, incoming];
}
