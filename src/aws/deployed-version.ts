import type { Greengrass } from './greengrass.js';

/**
 * The version that a target's latest revision has of a component; undefined where it has none, or where that revision was
 * canceled and may be on no device. Two calls.
 */
export async function deployedVersion(
  greengrass: Pick<Greengrass, 'latestRevision' | 'document'>,
  { targetArn, component }: { targetArn: string; component: string },
): Promise<string | undefined> {
  const latest = await greengrass.latestRevision(targetArn);
  if (latest?.deploymentStatus === 'CANCELED') return undefined;
  const document = latest && (await greengrass.document(latest.deploymentId));
  return document?.components[component]?.componentVersion;
}
