import type { Cloud, Deployment, DeviceSide } from './cloud.js';
import type { Fleet } from './fleet/fleet.js';

/** One device as it is, not as the cloud knows it. */
export interface DeviceState {
  readonly thingName: string;
  readonly isOnline: boolean;
  readonly components: Readonly<
    Record<
      string,
      {
        readonly version: string;
        readonly configuration: Readonly<Record<string, unknown>>;
        readonly lifecycleState: 'RUNNING' | 'FINISHED' | 'ERRORED' | 'BROKEN';
      }
    >
  >;
  /** Names of the groups whose deployments apply to it. */
  readonly groups: readonly string[];
}

/** A deployment as it was when it was last touched, deleted or not. Times are epoch milliseconds. */
export interface DeploymentRecord {
  readonly deploymentId: string;
  readonly targetArn: string;
  readonly parentTargetArn: string | undefined;
  /** Component versions by component name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly status: string;
  /** When it was cancelled, or replaced by the target's next revision. */
  readonly canceledAt: number | undefined;
  /** Whether it can still be found by the API. */
  readonly isThere: boolean;
  readonly executions: readonly {
    readonly thingName: string;
    readonly status: string;
    /** 2 for a device that got it twice, and so on. */
    readonly executionNumber: number;
    readonly queuedAt: number;
    readonly startedAt: number | undefined;
    readonly lastUpdatedAt: number;
  }[];
}

/** The truth about the fleet, for tests and for the local cloud; no AWS API tells it. */
export interface Inspect {
  /** Throws where there is no such core device. */
  device(thingName: string): DeviceState;
  devices(): string[];
  /** Every deployment since the start, oldest first. */
  deployments(): DeploymentRecord[];
  /** How many devices run which version of a component; `none` where it isn't installed. */
  versions(component: string): Record<string, number>;
  /** Calls so far by `Service.Operation`. */
  calls(): Record<string, number>;
}

const recordOf = (deployment: Deployment, isThere: boolean): DeploymentRecord => ({
  deploymentId: deployment.deploymentId,
  targetArn: deployment.targetArn,
  parentTargetArn: deployment.parentTargetArn,
  versions: Object.fromEntries(
    Object.entries(deployment.components).map(([name, { componentVersion = '' }]) => [
      name,
      componentVersion,
    ]),
  ),
  createdAt: deployment.creationTimestamp,
  status: deployment.status,
  canceledAt: deployment.canceledAt,
  isThere,
  executions: [...deployment.executions.values()].map((execution) => ({
    thingName: execution.thingName,
    status: execution.status,
    executionNumber: execution.executionNumber,
    queuedAt: execution.queuedAt,
    startedAt: execution.startedAt,
    lastUpdatedAt: execution.lastUpdatedAt,
  })),
});

/** Looks into a fleet and changes nothing. */
export function createInspect(
  { deployments, everCreated }: Pick<Cloud, 'deployments' | 'everCreated'>,
  fleet: Fleet,
  control: Pick<DeviceSide, 'groupsOf'>,
  calls: ReadonlyMap<string, number>,
): Inspect {
  return {
    device(thingName) {
      const device = fleet.devices.get(thingName);
      if (!device) throw new Error(`${thingName} is no core device of this fleet`);
      return {
        thingName,
        isOnline: device.isOnline,
        components: Object.fromEntries(
          device.software.components.map(({ name, version, configuration, state }) => [
            name,
            { version, configuration, lifecycleState: state },
          ]),
        ),
        groups: control.groupsOf(thingName),
      };
    },
    devices: () => [...fleet.devices.keys()],
    deployments: () =>
      everCreated.map((deployment) =>
        recordOf(deployment, deployments.has(deployment.deploymentId)),
      ),
    versions(component) {
      const counts: Record<string, number> = {};
      for (const { software } of fleet.devices.values()) {
        const version =
          software.components.find(({ name }) => name === component)?.version ?? 'none';
        counts[version] = (counts[version] ?? 0) + 1;
      }
      return counts;
    },
    calls: () => Object.fromEntries(calls),
  };
}
