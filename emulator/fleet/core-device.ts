import type { Cancel } from '../clock.js';
import type { ComponentVersion, Execution } from '../cloud.js';
import type { Configuration } from './configuration.js';
import type { Outcome } from './outcome.js';
import type { Platform } from './platform.js';
import type { Profile } from './profile.js';
import type { Slot } from './slots.js';
import type { AppliedUpdate } from './update-order.js';

/** A component as it runs on one device. Replaced on a change, never changed in place. */
export interface RunningComponent {
  readonly name: string;
  /** Undefined for the nucleus, whose recipe nobody has to bring. */
  readonly source: ComponentVersion | undefined;
  readonly version: string;
  readonly configuration: Configuration;
  /** What deployments have made of the configuration, oldest deployment first: one that arrives late goes among them. */
  readonly updates: readonly AppliedUpdate[];
  readonly state: 'RUNNING' | 'FINISHED' | 'ERRORED' | 'BROKEN';
  readonly statusCode: 'STARTUP_ERROR' | 'RUN_ERROR' | undefined;
  readonly isRoot: boolean;
  /** When it was last installed or restarted; what tells one run of it from the next. */
  readonly startedAt: number;
  readonly stateChangedAt: number;
  /** The last deployment that named it or, of a dependency, that installed it. */
  readonly installedBy: string;
}

/** A device's software as one value: rolling back is putting the old one back. */
export interface Software {
  readonly nucleusVersion: string;
  readonly components: readonly RunningComponent[];
  readonly slots: readonly Slot[];
}

/**
 * What a device is doing with an execution.
 * Documented: nucleus source, DeploymentService.cancelCurrentDeployment: it can be called off while it is `preparing`, or
 * `waiting` for components that defer it, not while it is `merging`.
 * `silent`: hung where it can be called off. `stuck`: hung where it can't be; only a restart ends it.
 */
export interface Work {
  readonly execution: Execution;
  phase: 'preparing' | 'waiting' | 'merging' | 'silent' | 'stuck';
  cancel: Cancel;
}

/** Errors of one run of a component, until they are long enough ago. */
export interface Strikes {
  readonly run: number;
  readonly count: number;
  readonly at: number;
}

/** One simulated core device. Lean, because there may be 100,000. */
export class CoreDevice {
  readonly thingName: string;
  readonly profile: Profile;
  readonly platform: Platform;
  software: Software;
  isOnline = true;
  isRetired = false;
  /** The next deployment that it starts never ends. */
  sticksNext = false;
  /** Deployments started so far, and times gone offline: each takes a draw of its own. */
  deployments = 0;
  departures = 0;
  work: Work | undefined = undefined;
  /** Set while a look at the queue is due. */
  poll: Cancel | undefined = undefined;
  /** Set while it is offline and will return. */
  returning: Cancel | undefined = undefined;
  /** Its components as its last status message had them; undefined before the first. */
  told: readonly RunningComponent[] | undefined = undefined;
  /** When it last told that it is back. */
  reconnectedAt = -Infinity;
  /** By component; undefined while none has erred. */
  strikes: Map<string, Strikes> | undefined = undefined;
  /** What it finished while it was offline: told on return. */
  untold: { readonly execution: Execution; readonly outcome: Outcome } | undefined = undefined;

  constructor(thingName: string, profile: Profile, platform: Platform, software: Software) {
    this.thingName = thingName;
    this.profile = profile;
    this.platform = platform;
    this.software = software;
  }
}
