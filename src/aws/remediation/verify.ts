import type { DeviceRecord, Repair } from '../../domain/remediation/device-record.js';
import type { Settings } from '../../domain/remediation/settings.js';
import { isTaken, verdictOf, type Verdict } from '../../domain/remediation/verification.js';
import type { Greengrass } from '../greengrass.js';
import type { Connectivity } from './connectivity.js';

type Ports = { readonly greengrass: Greengrass; readonly connectivity: Connectivity };

/** Components of the remedy's document that the device doesn't report in the version that was given. */
async function missingOn({ greengrass }: Ports, thing: string, deploymentId: string) {
  const { components } = await greengrass.document(deploymentId);
  const installed = await greengrass.installedVersions(thing);
  return Object.entries(components).flatMap(([name, { componentVersion }]) =>
    installed.get(name) === componentVersion ? [] : [`${name} ${componentVersion}`],
  );
}

/** What a device that has taken its remedy reports since. */
async function reportOf(ports: Ports, thing: string, { remedy, deploymentId = '' }: Repair) {
  const device = await ports.greengrass.coreDevice(thing);
  const isBroken = device?.status === 'UNHEALTHY';
  const broken = isBroken ? await ports.greengrass.brokenComponents(thing) : [];
  const isGivenVersions = remedy === 'retry' || remedy === 'takeBack';
  return {
    status: device?.status,
    reportedAt: device?.lastStatusUpdateTimestamp.getTime() ?? 0,
    broken: broken.map(({ says }) => says).join('; '),
    missing: isGivenVersions ? await missingOn(ports, thing, deploymentId) : [],
  };
}

/** Asks what a device reports since its repair, and what that means. */
export async function verifyRepair(
  ports: Ports,
  { thing, repair }: DeviceRecord,
  settings: Settings,
  now: number,
): Promise<Verdict> {
  if (!repair) return { verdict: 'Failed', why: 'there is no repair to verify' };
  if (repair.refused !== undefined) return { verdict: 'Failed', why: repair.refused };
  const answer = await ports.greengrass.effectiveDeployment(thing, repair.deploymentId ?? '');
  const report = isTaken(answer) ? await reportOf(ports, thing, repair) : undefined;
  const isPastDeadline = now - repair.begunAt >= settings.verifyWithinSeconds * 1000;
  const isBegun = answer !== undefined && answer.status !== 'QUEUED';
  const asked =
    isPastDeadline && !isBegun ? await ports.connectivity.connectivityOf(thing) : undefined;
  return verdictOf(repair, {
    ...{ answer, report, isPastDeadline },
    isConnected: asked?.isConnected ?? false,
  });
}
