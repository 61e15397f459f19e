import semver from 'semver';
import type { InstalledComponentRecord, StatusMessage } from '../cloud.js';
import type { CoreDevice, RunningComponent } from './core-device.js';
import { nucleusName } from './runtime.js';

/** Documented: nucleus source, ComponentStatusCode: the code and its text, with the exit code filled in. */
const DETAILS = {
  STARTUP_ERROR: 'An error occurred during startup. The startup script exited with code 1.',
  RUN_ERROR: 'An error occurred while running the component. The run script exited with code 1.',
} as const;

/** Documented: developer guide, "Troubleshooting components": codes of components, from this nucleus on. */
const FIRST_WITH_CODES = '2.8.0';

const tellsCodes = ({ profile, software }: CoreDevice) =>
  profile.runtime === 'aws_nucleus_classic' &&
  semver.gte(software.nucleusVersion, FIRST_WITH_CODES);

function recordOf(device: CoreDevice, component: RunningComponent, at: number) {
  const { statusCode } = component;
  const isTold = statusCode !== undefined && tellsCodes(device);
  // Documented: nucleus lite source, fleet_status_service.c: it tells every component as a root.
  const isRoot = component.isRoot || device.profile.runtime === 'aws_nucleus_lite';
  return {
    componentName: component.name,
    componentVersion: component.version,
    lifecycleState: component.state,
    lifecycleStateDetails: isTold ? DETAILS[statusCode] : undefined,
    lifecycleStatusCodes: isTold ? [statusCode] : [],
    isRoot,
    lastStatusChangeTimestamp: component.stateChangedAt,
    lastReportedTimestamp: at,
    lastInstallationSource: component.installedBy,
  } satisfies InstalledComponentRecord;
}

/** The last records made of a list of components: devices that report the same at the same time share them. */
const shared = new WeakMap<
  readonly RunningComponent[],
  { readonly at: number; readonly records: readonly InstalledComponentRecord[] }
>();

/** Documented: nucleus lite source, fleet_status_service.c: it leaves its own component out. */
const told = ({ profile }: CoreDevice, components: readonly RunningComponent[]) =>
  profile.runtime === 'aws_nucleus_lite'
    ? components.filter(({ name }) => name !== nucleusName(profile.runtime))
    : components;

function allRecords(device: CoreDevice, at: number) {
  const { components } = device.software;
  const last = shared.get(components);
  if (last?.at === at) return last.records;
  const records = told(device, components).map((each) => recordOf(device, each, at));
  shared.set(components, { at, records });
  return records;
}

const isUnchanged = (component: RunningComponent, before: RunningComponent | undefined) =>
  before?.version === component.version &&
  before.state === component.state &&
  before.startedAt === component.startedAt &&
  before.stateChangedAt === component.stateChangedAt;

/**
 * What a device tells after a deployment that succeeded: with the changed components, the names of those that the
 * deployment names and has left as they were.
 * Documented: nucleus source, FleetStatusService.getDeploymentInformation: so the cloud knows their installation source.
 */
function unchangedRoots(
  components: readonly RunningComponent[],
  changed: readonly RunningComponent[],
  deploymentId: string,
) {
  const names = components
    .filter((each) => each.installedBy === deploymentId && !changed.includes(each))
    .map(({ name }) => name);
  return { deploymentId, names };
}

/**
 * The state of a device as it tells it.
 * Documented: nucleus source, FleetStatusService.getOverallStatusBasedOnServiceState: UNHEALTHY exactly if some component
 * is BROKEN. Documented: nucleus source, MessageType.fromTrigger: a launch and the regular report are COMPLETE; deployments,
 * components that change and reconnecting are PARTIAL.
 */
export function statusMessage(
  device: CoreDevice,
  messageType: StatusMessage['messageType'],
  at: number,
  succeeded: string | undefined,
): StatusMessage {
  const { platform, profile, software } = device;
  const { components } = software;
  const before = device.told ?? [];
  const changed = components.filter(
    (each) =>
      !isUnchanged(
        each,
        before.find(({ name }) => name === each.name),
      ),
  );
  // Documented: nucleus lite source, fleet_status_service.c: it tells all components in any message.
  const isWhole = messageType === 'COMPLETE' || profile.runtime === 'aws_nucleus_lite';
  const gone = before.filter(({ name }) => !components.some((each) => each.name === name));
  return {
    coreVersion: software.nucleusVersion,
    platform: platform.os,
    architecture: platform.architecture,
    runtime: profile.runtime,
    status: components.some(({ state }) => state === 'BROKEN') ? 'UNHEALTHY' : 'HEALTHY',
    messageType,
    installedComponents: isWhole
      ? allRecords(device, at)
      : changed.map((each) => recordOf(device, each, at)),
    uninstalled: gone.map(({ name }) => name),
    ...(succeeded !== undefined &&
      !isWhole && { unchangedRoots: unchangedRoots(components, changed, succeeded) }),
  };
}
