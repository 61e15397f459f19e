import type { Rollout } from '../domain/rollout.js';
import { thingsInProgress } from './delivery.js';
import type { Greengrass } from './greengrass.js';
import type { Iot } from './iot.js';
import type { Rollouts } from './rollouts.js';

interface Ports {
  readonly greengrass: Greengrass;
  readonly iot: Iot;
  readonly rollouts: Rollouts;
}

/** So many devices are asked one by one when they last reported; more are read from the list of all core devices. */
const ASKED_ONE_BY_ONE = 50;

/**
 * Cancels the release wherever it is deployed, and answers who was in progress then: noted before the cancel, and after it
 * once more, as devices begin at any time.
 */
export async function cancelOwnDeployments(
  ports: Ports,
  rollout: Rollout,
  at: number,
): Promise<string[]> {
  const { rolloutId, deploymentId, targetDeploymentId } = rollout;
  const noted = await ports.rollouts.names(rolloutId, 'DRAIN');
  const before = [...new Set([...noted, ...(await thingsInProgress(ports, rollout, at))])];
  await ports.rollouts.saveNames(rolloutId, 'DRAIN', before);
  for (const id of [targetDeploymentId, deploymentId])
    if (id !== undefined) await ports.greengrass.cancelDeployment(id);
  const draining = [
    ...new Set([...before, ...(await thingsInProgress(ports, rollout, at))]),
  ].sort();
  await ports.rollouts.saveNames(rolloutId, 'DRAIN', draining);
  return draining;
}

async function reportsOf({ greengrass }: Ports, things: readonly string[]) {
  if (things.length > ASKED_ONE_BY_ONE) {
    const devices = await greengrass.coreDevices();
    return new Map(
      devices.map((device) => [
        device.coreDeviceThingName,
        device.lastStatusUpdateTimestamp.getTime(),
      ]),
    );
  }
  const reports = new Map<string, number>();
  for (const thing of things) {
    const at = await greengrass.lastReportAt(thing);
    if (at !== undefined) reports.set(thing, at);
  }
  return reports;
}

/**
 * What the devices of the drain have said since: who is still IN_PROGRESS by the job, and when those last reported. A cancelled
 * execution takes no more updates, so for most the report is all that tells that they have ended.
 */
export async function observeDrain(
  ports: Ports,
  rollout: Rollout,
  draining: readonly string[],
  at: number,
) {
  const running = new Set(await thingsInProgress(ports, rollout, at));
  const asked = draining.filter((thing) => running.has(thing));
  return { inProgress: running, reportedAt: await reportsOf(ports, asked) };
}
