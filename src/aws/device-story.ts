import type { Rollout } from '../domain/rollout.js';
import { isOpen } from '../domain/rollout-end.js';
import { shortTarget } from '../domain/target.js';
import type { DeviceReport } from './device-report.js';
import type { Greengrass } from './greengrass.js';
import { groupsAround } from './groups-around.js';
import type { Iot } from './iot.js';
import type { DeviceRecord } from '../domain/remediation/device-record.js';
import type { Records } from './remediation/records.js';
import type { Rollouts } from './rollouts.js';

/** A core device, and the rollouts that concern it. */
export interface DeviceStory {
  readonly report: DeviceReport;
  readonly groups: readonly string[];
  /** Undefined where it was never found sick. */
  readonly remediation: DeviceRecord | undefined;
  /** Newest first; `rank` from 0, none where the device has none. */
  readonly rollouts: readonly { readonly rollout: Rollout; readonly rank: number | undefined }[];
}

const deploymentsOf = ({ deploymentId, targetDeploymentId, revertDeploymentId }: Rollout) =>
  [deploymentId, targetDeploymentId, revertDeploymentId].filter((id) => id !== undefined);

/**
 * Reads what is known of one device: what it says itself, and of each rollout that is open over it, left it behind or gave it a
 * deployment, its rank. Undefined where there is no such core device.
 */
export async function readDeviceStory(
  {
    greengrass,
    iot,
    rollouts,
    records,
  }: { greengrass: Greengrass; iot: Iot; rollouts: Rollouts; records: Pick<Records, 'device'> },
  thing: string,
): Promise<DeviceStory | undefined> {
  const report = await greengrass.deviceReport(thing);
  if (!report) return undefined;
  const groups = await iot.groupsOf(thing);
  const targets = new Set(await groupsAround(iot, thing));
  const seen = new Set([
    ...report.deployments.map(({ deploymentId }) => deploymentId),
    ...report.components.map(({ lastInstallationSource }) => lastInstallationSource),
  ]);
  const isOwn = ({ targetArn }: Rollout) => shortTarget(targetArn) === `thing/${thing}`;
  const concerns = (rollout: Rollout) =>
    (isOpen(rollout) && (targets.has(rollout.targetArn) || isOwn(rollout))) ||
    rollout.stragglers.includes(thing) ||
    deploymentsOf(rollout).some((id) => seen.has(id));
  const found = (await rollouts.list('all')).filter(concerns).reverse();
  const ranked = found.map(async (rollout) => {
    const order = await rollouts.order(rollout.rolloutId, 0, rollout.ranked);
    const rank = order.findIndex((member) => member.thing === thing);
    return { rollout, rank: rank < 0 ? undefined : rank };
  });
  const remediation = await records.device(thing);
  return { report, groups, remediation, rollouts: await Promise.all(ranked) };
}
