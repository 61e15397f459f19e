import * as z from 'zod';
import { formatDuration } from '../duration.js';
import { shortTarget } from '../target.js';
import { ANSWERS, Cause, causeOf } from './causes.js';
import type { Settings } from './settings.js';

/** A deployment that is in force for a device: the latest of its target, as this device took it. */
export interface CurrentDeployment {
  readonly deploymentId: string;
  readonly targetArn: string;
  /** None of a deployment to the one thing. */
  readonly jobId: string | undefined;
  readonly status: string;
  /** When the status last changed, epoch milliseconds. */
  readonly modifiedAt: number;
  readonly reason: string;
  readonly detailedStatus: string | undefined;
  readonly errorStack: readonly string[];
  readonly errorTypes: readonly string[];
  /** Versions by component; read only where a component of the device is broken. */
  readonly versions: Readonly<Record<string, string>>;
  /** The newest revision of the target before this one that succeeded on the device. */
  readonly formerDeploymentId: string | undefined;
}

/** What is known of one core device. */
export interface DeviceFacts {
  readonly thing: string;
  readonly coreVersion: string | undefined;
  readonly isLite: boolean;
  readonly status: 'HEALTHY' | 'UNHEALTHY';
  readonly lastStatusAt: number;
  /** Since when fleet indexing sees it so; undefined where it doesn't index connectivity. */
  readonly connectivity: { readonly isConnected: boolean; readonly since: number } | undefined;
  readonly broken: readonly {
    readonly component: string;
    readonly version: string;
    readonly details: string;
  }[];
  /** Newest first. */
  readonly current: readonly CurrentDeployment[];
}

/** What is wrong with a device, and how that is known. */
export const Diagnosis = z.strictObject({
  cause: Cause,
  evidence: z.array(z.string()),
  /** By which signs the scan finds it: `silent`, `unhealthy`, or the deployment that failed. */
  keys: z.array(z.string()),
  /** The deployment that it is about, and its target. */
  deploymentId: z.string().optional(),
  targetArn: z.string().optional(),
  jobId: z.string().optional(),
  formerDeploymentId: z.string().optional(),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

/** What a device has been through that its report doesn't tell. */
export interface Past {
  /** Deployments that need no more attention on this device. */
  readonly settled: readonly string[];
  /** One that was cancelled there, so that it is still to be given. */
  readonly owed: string | undefined;
}

const FAILING = new Set(['FAILED', 'REJECTED', 'TIMED_OUT']);

const shortened = (text: string) => (text.length > 300 ? `${text.slice(0, 299)}…` : text);

/** How long ago, in whole minutes. */
const ago = (since: number, at: number) =>
  formatDuration(Math.max(60, Math.round((at - since) / 60_000) * 60));

/** Whether a device is silent: disconnected for so long or, where that isn't known, without a report. */
export const isSilent = (
  { connectivity, lastStatusAt }: Pick<DeviceFacts, 'connectivity' | 'lastStatusAt'>,
  { silentAfterSeconds }: Settings,
  at: number,
): boolean => {
  if (connectivity?.isConnected) return false;
  return at - (connectivity?.since ?? lastStatusAt) >= silentAfterSeconds * 1000;
};

const about = ({ deploymentId, targetArn, jobId, formerDeploymentId }: CurrentDeployment) => ({
  deploymentId,
  targetArn,
  ...(jobId !== undefined && { jobId }),
  ...(formerDeploymentId !== undefined && { formerDeploymentId }),
});

const told = (one: CurrentDeployment) =>
  shortened(
    [`deployment ${one.deploymentId} to ${shortTarget(one.targetArn)} is ${one.status}`, one.reason]
      .filter(Boolean)
      .join(': '),
  );

const causeOfStatus = (one: CurrentDeployment): Cause => {
  if (one.status === 'TIMED_OUT') return 'TimedOut';
  if (one.status === 'CANCELED') return 'MissedDeployment';
  const cause = causeOf(one);
  return one.status === 'REJECTED' && cause !== 'StaleDeployment' ? 'Rejected' : cause;
};

function silence(facts: DeviceFacts, at: number): Diagnosis {
  const { connectivity, lastStatusAt } = facts;
  return {
    cause: 'Silent',
    evidence: [
      ...(connectivity ? [`disconnected for ${ago(connectivity.since, at)}`] : []),
      `last status report ${ago(lastStatusAt, at)} ago`,
    ],
    keys: ['silent'],
  };
}

function breakage({ broken, current }: DeviceFacts, keys: string[]): Diagnosis {
  const source = current.find(
    ({ jobId, versions }) =>
      jobId !== undefined &&
      broken.some(({ component, version }) => versions[component] === version),
  );
  return {
    cause: 'BrokenComponent',
    evidence: broken
      .slice(0, 5)
      .map(({ component, version, details }) =>
        shortened([`${component} ${version} is BROKEN`, details].filter(Boolean).join(': ')),
      ),
    keys,
    ...(source && about(source)),
  };
}

/**
 * What is wrong with a device. `well`: nothing is. `busy`: it is disconnected, or a deployment waits for it or is under way there, not
 * long enough yet to say anything.
 */
export function diagnose(
  facts: DeviceFacts,
  { settled, owed }: Past,
  settings: Settings,
  at: number,
): Diagnosis | 'well' | 'busy' {
  if (isSilent(facts, settings, at)) return silence(facts, at);
  if (facts.connectivity?.isConnected === false) return 'busy';
  const stuckSince = at - settings.stuckAfterSeconds * 1000;
  const working = facts.current.filter(({ status }) => status === 'IN_PROGRESS');
  const stuck = working.find(({ modifiedAt }) => modifiedAt <= stuckSince);
  const failing = facts.current.filter(
    ({ status, deploymentId }) =>
      (FAILING.has(status) && !settled.includes(deploymentId)) ||
      (status === 'CANCELED' && deploymentId === owed),
  );
  const isBroken = facts.status === 'UNHEALTHY' && facts.broken.length > 0;
  const ids = [...(stuck ? [stuck] : []), ...failing].map(({ deploymentId }) => deploymentId);
  const keys = [...(isBroken ? ['unhealthy'] : []), ...ids];
  if (stuck) {
    const evidence = [`${told(stuck)} for ${ago(stuck.modifiedAt, at)}`];
    return { cause: 'StuckDeployment', evidence, keys, ...about(stuck) };
  }
  if (working.length > 0) return 'busy';
  if (isBroken) return breakage(facts, keys);
  const [newest] = failing;
  // What waits for it may be just what it is sick with: only what it has taken shows that it is well.
  if (!newest) return facts.current.some(({ status }) => status === 'QUEUED') ? 'busy' : 'well';
  return { cause: causeOfStatus(newest), evidence: [told(newest)], keys, ...about(newest) };
}

/** What a person reads of a diagnosis, and what is left to them. */
export const personWord = ({ cause }: Pick<Diagnosis, 'cause'>) => ANSWERS[cause].person;
