import type {
  ComponentDeploymentSpecification,
  ComponentPlatform,
  DeploymentIoTJobConfiguration,
  DeploymentPolicies,
} from '@aws-sdk/client-greengrassv2';
import type { Clock } from './clock.js';
import type { ListedMap } from './control-plane/listed-map.js';
import type { StatusChange } from './status-change.js';

/** Everything that the emulated cloud keeps. Times are epoch milliseconds of the clock. */
export interface Cloud {
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly clock: Clock;
  /** By component version ARN. */
  readonly componentVersions: Map<string, ComponentVersion>;
  /** What becomes of component versions that are or will be made, by `name@version`, from the fleet file. */
  readonly componentStates: Map<string, StatusChange>;
  /** By deploymentId. */
  readonly deployments: Map<string, Deployment>;
  /** Every deployment that was ever created, deleted ones too, oldest first: for `inspect`, no API tells it. */
  readonly everCreated: Deployment[];
  /** The deploymentIds of a target ARN, oldest first. */
  readonly revisions: Map<string, string[]>;
  /** deploymentId by jobId: a job exists exactly for a thing-group deployment. */
  readonly jobs: Map<string, string>;
  readonly things: Map<string, Thing>;
  readonly thingGroups: Map<string, ThingGroup>;
  /** What the cloud knows of each core device, which may be stale; what runs on it is the fleet's business. */
  readonly coreDevices: ListedMap<string, CoreDeviceRecord>;
  /** Bytes by `s3://bucket/key`, by `greengrass:name` or by the ARN of a Lambda function's version, from the fleet file. */
  readonly artifacts: Map<string, Uint8Array>;
  /** Of components, deployments and core devices, by ARN. */
  readonly tags: Map<string, Record<string, string>>;
  /** A notification or an API call record for the outside (EventBridge). */
  emit(event: CloudEvent): void;
}

/** An EventBridge event as the services put it on the default bus; `time` is epoch milliseconds. */
export interface CloudEvent {
  readonly source: 'aws.greengrass' | 'aws.iot';
  readonly detailType: string;
  readonly time: number;
  readonly resources: readonly string[];
  readonly detail: Record<string, unknown>;
}

export interface ComponentVersion {
  readonly arn: string;
  readonly componentName: string;
  readonly componentVersion: string;
  readonly creationTimestamp: number;
  readonly publisher: string | undefined;
  readonly description: string | undefined;
  readonly platforms: readonly ComponentPlatform[];
  /** The bytes as they were given, or with the digests of the artifacts. */
  readonly recipe: Uint8Array;
  /** The ARN of the Lambda function that it was made of. */
  readonly componentSource: string | undefined;
  /** npm ranges by component name. */
  readonly dependencies: Readonly<
    Record<string, { versionRequirement: string; dependencyType: 'HARD' | 'SOFT' }>
  >;
  readonly defaultConfiguration: Readonly<Record<string, unknown>>;
  readonly artifactUris: readonly string[];
  /** Whether it is core software: ComponentType `aws.greengrass.nucleus`. */
  readonly isNucleus: boolean;
  state: 'REQUESTED' | 'INITIATED' | 'DEPLOYABLE' | 'FAILED' | 'DEPRECATED';
  stateMessage: string;
  stateErrors: Readonly<Record<string, string>>;
  vendorGuidance: 'ACTIVE' | 'DISCONTINUED' | 'DELETED';
  vendorGuidanceMessage: string;
}

export type ExecutionStatus =
  | 'QUEUED'
  | 'IN_PROGRESS'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'REJECTED'
  | 'REMOVED'
  | 'CANCELED';

/** One device's run of one deployment: a job execution for a group target, the shadow's two halves for a thing. */
export interface Execution {
  readonly deploymentId: string;
  readonly thingName: string;
  readonly executionNumber: number;
  readonly queuedAt: number;
  status: ExecutionStatus;
  startedAt: number | undefined;
  lastUpdatedAt: number;
  /** Whether it was cancelled with `force`. */
  isForceCanceled: boolean;
  /** As DescribeJobExecution gives it: `detailed-deployment-status`, `deployment-error-stack` ... */
  details: Record<string, string>;
  /** As EffectiveDeployment gives it; undefined until a terminal report. */
  reason: string | undefined;
  errorStack: readonly string[];
  errorTypes: readonly string[];
}

export interface Deployment {
  readonly deploymentId: string;
  /** Place in the order of creation: two deployments may share a millisecond. */
  readonly sequence: number;
  readonly targetArn: string;
  readonly revisionId: string;
  readonly deploymentName: string | undefined;
  readonly creationTimestamp: number;
  readonly components: Readonly<Record<string, ComponentDeploymentSpecification>>;
  readonly deploymentPolicies: DeploymentPolicies | undefined;
  readonly iotJobConfiguration: DeploymentIoTJobConfiguration | undefined;
  readonly parentTargetArn: string | undefined;
  /** Of a subdeployment: its line of parents, the nearest first, as they were when it was created. */
  readonly ancestors: readonly string[];
  /** What a nucleus has to be able to do. */
  readonly requiredCapabilities: readonly string[];
  /** Undefined for a thing target. */
  readonly jobId: string | undefined;
  readonly jobArn: string | undefined;
  status: 'ACTIVE' | 'COMPLETED' | 'CANCELED' | 'FAILED' | 'INACTIVE';
  isLatestForTarget: boolean;
  canceledAt: number | undefined;
  /** By thing name, in the order in which they were queued. */
  readonly executions: Map<string, Execution>;
  /** How many executions are in each status; DescribeJob answers from here whatever the fleet's size. */
  readonly counts: Record<ExecutionStatus, number>;
}

export interface Thing {
  readonly thingName: string;
  readonly thingArn: string;
  readonly thingId: string;
  attributes: Record<string, string>;
  version: number;
  /** Names of the groups that it was added to, not their parents. */
  readonly groups: Set<string>;
  /** What fleet indexing knows; undefined until the thing has ever connected or disconnected. */
  connectivity: { connected: boolean; timestamp: number; disconnectReason?: string } | undefined;
}

export interface ThingGroup {
  readonly thingGroupName: string;
  readonly thingGroupArn: string;
  readonly thingGroupId: string;
  readonly parentGroupName: string | undefined;
  readonly creationDate: number;
  description: string | undefined;
  attributes: Record<string, string>;
  version: number;
  readonly things: Set<string>;
  readonly childGroups: Set<string>;
  /** Of a dynamic group: whom it takes in, and whether it has begun to. */
  dynamic: { readonly queryString: string; readonly isBuilt: boolean } | undefined;
}

export interface CoreDeviceRecord {
  readonly coreDeviceThingName: string;
  coreVersion: string;
  platform: string;
  architecture: string;
  runtime: 'aws_nucleus_classic' | 'aws_nucleus_lite';
  status: 'HEALTHY' | 'UNHEALTHY';
  lastStatusUpdateTimestamp: number;
  installedComponents: readonly InstalledComponentRecord[];
  /** Target ARNs of group deployments that it has ever succeeded at: what ListCoreDevices(thingGroupArn) filters by. */
  readonly succeededTargets: Set<string>;
  /** Client devices by thing name, with the time of association. */
  readonly clientDevices: Map<string, number>;
}

export interface InstalledComponentRecord {
  readonly componentName: string;
  readonly componentVersion: string;
  readonly lifecycleState:
    'NEW' | 'INSTALLED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'ERRORED' | 'BROKEN' | 'FINISHED';
  readonly lifecycleStateDetails: string | undefined;
  readonly lifecycleStatusCodes: readonly string[];
  readonly isRoot: boolean;
  readonly lastStatusChangeTimestamp: number;
  readonly lastReportedTimestamp: number;
  /** A deploymentId or `LOCAL`. */
  readonly lastInstallationSource: string;
}

/** What a core device says of itself in a fleet status message. */
export interface StatusMessage extends Pick<
  CoreDeviceRecord,
  'coreVersion' | 'platform' | 'architecture' | 'runtime' | 'status'
> {
  /** COMPLETE: these are all its components. PARTIAL: those that have changed since its message before. */
  readonly messageType: 'COMPLETE' | 'PARTIAL';
  readonly installedComponents: readonly InstalledComponentRecord[];
  /** Components that are gone since its message before, by name. */
  readonly uninstalled?: readonly string[];
  /** After a deployment that succeeded: the components that it names and has left as they were. */
  readonly unchangedRoots?: { readonly deploymentId: string; readonly names: readonly string[] };
}

/** What the control plane tells the fleet. The fleet module implements it. */
export interface FleetSide {
  /** Something changed in this thing's queue of executions or in its shadow: look when you can. */
  wake(thingName: string): void;
}

/** What a core device tells the control plane. The control-plane module implements it. */
export interface DeviceSide {
  /** QUEUED and IN_PROGRESS executions of this thing, oldest deployment first. */
  pendingExecutions(thingName: string): readonly Execution[];
  /** QUEUED to IN_PROGRESS. False if the execution is not there for it any more (cancelled, removed). */
  startExecution(execution: Execution): boolean;
  /**
   * To a terminal status, with what the device says of it. False if the execution takes no more updates
   * (cancelled, timed out, removed): the cloud then never learns the outcome.
   */
  finishExecution(
    execution: Execution,
    outcome: {
      status: 'SUCCEEDED' | 'FAILED' | 'REJECTED';
      detailedStatus: string;
      failureCause?: string;
      errorStack?: readonly string[];
      errorTypes?: readonly string[];
      /** The job execution gets the status and no details. */
      isBare?: true;
    },
  ): boolean;
  /** For the shadow of a thing deployment: the device has given it up before it changed anything. */
  cancelExecution(execution: Execution): void;
  /** A fleet status message; the first one makes the core device exist. */
  reportStatus(thingName: string, message: StatusMessage): void;
  /** Group names whose deployments apply to this thing now: its groups and their ancestors. */
  groupsOf(thingName: string): readonly string[];
  /** For fleet indexing. */
  reportConnectivity(thingName: string, connected: boolean): void;
}
