import type { CurrentDeployment, DeviceFacts } from '../../domain/remediation/diagnosis.js';
import { isThing } from '../../domain/target.js';
import type { DeviceReport } from '../device-report.js';
import type { Greengrass } from '../greengrass.js';
import type { Connectivity } from './connectivity.js';
import type { JobExecutions } from './job-executions.js';

/** What looking at one device takes. */
export interface DevicePorts {
  readonly greengrass: Greengrass;
  readonly connectivity: Connectivity;
  readonly executions: JobExecutions;
}

type Effective = DeviceReport['deployments'][number];

/** So many of its newest deployments are asked whether they are still the latest of their target. */
const ASKED = 10;
const IN_FORCE = new Set(['ACTIVE', 'COMPLETED', 'FAILED']);
const TELLS_WHY = new Set(['FAILED', 'REJECTED']);
/** Documented: `<most specific code>: <detailed status>: <cause>`; without a code the detailed status comes first. */
const DETAILED = /\b(FAILED_[A-Z_]+|REJECTED)\b(?=:|$)/;

const isOwnGroup = (targetArn: string) => /:thinggroup\/gw-/.test(targetArn);

async function detailedStatusOf(
  { executions }: DevicePorts,
  thing: string,
  { coreDeviceExecutionStatus, iotJobId, reason }: Effective,
): Promise<string | undefined> {
  if (!TELLS_WHY.has(coreDeviceExecutionStatus)) return undefined;
  const execution = iotJobId ? await executions.jobExecution(iotJobId, thing) : undefined;
  return execution?.detailedStatus ?? DETAILED.exec(reason ?? '')?.[1];
}

async function versionsIn(
  { greengrass }: DevicePorts,
  deploymentId: string,
): Promise<Record<string, string>> {
  const { components } = await greengrass.document(deploymentId);
  return Object.fromEntries(
    Object.entries(components).map(([name, { componentVersion }]) => [name, componentVersion]),
  );
}

/** The last revision of a target that succeeded on the device before the one that is in force. */
const formerOf = (newest: readonly Effective[], { targetArn, deploymentId }: Effective) =>
  newest.find(
    (each) =>
      each.targetArn === targetArn &&
      each.deploymentId !== deploymentId &&
      each.coreDeviceExecutionStatus === 'SUCCEEDED',
  )?.deploymentId;

async function current(
  ports: DevicePorts,
  thing: string,
  one: Effective,
  newest: readonly Effective[],
  isBroken: boolean,
): Promise<CurrentDeployment> {
  const { deploymentId, targetArn, iotJobId, statusDetails } = one;
  return {
    deploymentId,
    targetArn,
    jobId: iotJobId ?? undefined,
    status: one.coreDeviceExecutionStatus,
    modifiedAt: one.modifiedTimestamp.getTime(),
    reason: one.reason ?? '',
    detailedStatus: await detailedStatusOf(ports, thing, one),
    errorStack: statusDetails?.errorStack ?? [],
    errorTypes: statusDetails?.errorTypes ?? [],
    versions: isBroken && !isThing(targetArn) ? await versionsIn(ports, deploymentId) : {},
    formerDeploymentId: formerOf(newest, one),
  };
}

async function currentOf(
  ports: DevicePorts,
  thing: string,
  { deployments }: DeviceReport,
  isBroken: boolean,
): Promise<CurrentDeployment[]> {
  const found: CurrentDeployment[] = [];
  const ofTargets = deployments.filter(({ targetArn }) => !isOwnGroup(targetArn));
  const newest = [...ofTargets].sort((a, b) => +b.creationTimestamp - +a.creationTimestamp);
  for (const one of newest.slice(0, ASKED)) {
    if (found.some(({ targetArn }) => targetArn === one.targetArn)) continue;
    const known = await ports.greengrass.deployment(one.deploymentId);
    if (known?.isLatestForTarget && IN_FORCE.has(known.deploymentStatus))
      found.push(await current(ports, thing, one, newest, isBroken));
  }
  return found;
}

/**
 * What is known of one core device, in some 25 calls at most: a device that is found sick is asked, never a whole fleet. Undefined
 * where there is no such core device.
 */
export async function readDeviceFacts(
  ports: DevicePorts,
  thing: string,
): Promise<DeviceFacts | undefined> {
  const report = await ports.greengrass.deviceReport(thing);
  if (!report) return undefined;
  const { device, components } = report;
  const broken = components
    .filter(({ lifecycleState }) => lifecycleState === 'BROKEN')
    .map(({ componentName, componentVersion, lifecycleStateDetails, lifecycleStatusCodes }) => ({
      component: componentName,
      version: componentVersion,
      details: lifecycleStateDetails ?? (lifecycleStatusCodes ?? []).join(', '),
    }));
  return {
    thing,
    coreVersion: device.coreVersion ?? undefined,
    isLite: device.runtime === 'aws_nucleus_lite',
    status: device.status,
    lastStatusAt: device.lastStatusUpdateTimestamp.getTime(),
    connectivity: await ports.connectivity.connectivityOf(thing),
    broken,
    current: await currentOf(ports, thing, report, broken.length > 0),
  };
}
