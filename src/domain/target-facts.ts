import type { ConnectivityFacts, CoreDeviceFacts } from './membership.js';
import type { PreflightFacts } from './preflight/preflight.js';
import type { ComponentFacts, OpenRolloutFacts, RevisionFacts } from './refusals.js';

/** What planning reads of the target, all of it at one time. */
export interface TargetFacts {
  /** Epoch milliseconds. */
  readonly readAt: number;
  readonly targetArn: string;
  readonly exists: boolean;
  /** The things of the group and of its child groups, or the one thing. */
  readonly members: readonly string[];
  readonly coreDevices: readonly CoreDeviceFacts[];
  /** Only where fleet indexing is on. */
  readonly connectivity?: readonly ConnectivityFacts[] | undefined;
  /** Of the target itself, oldest first: the last is the latest. */
  readonly revisions: readonly RevisionFacts[];
  readonly components: readonly ComponentFacts[];
  readonly openRollouts: readonly OpenRolloutFacts[];
  readonly preflight: PreflightFacts;
}
