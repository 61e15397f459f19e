import type { DeploymentIoTJobConfiguration } from '@aws-sdk/client-greengrassv2';
import type { Cloud, Deployment } from '../cloud.js';
import type { Executions } from './executions.js';

/** Hands a job's executions out at the rate of its configuration. */
export type JobRollout = ReturnType<typeof createJobRollout>;

// Documented: AWS General Reference, "AWS IoT Jobs limits": it rolls out to at most 1,000 devices a minute.
const FASTEST = 1000;
const MINUTE = 60_000;

interface Waiting {
  readonly things: Set<string>;
  windowStart: number;
  handedOut: number;
}

const notified = ({ counts }: Deployment) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Documented: AWS IoT developer guide, "Jobs": each time a criterion is met again the rate is multiplied by the factor. */
function ratePerMinute(
  config: DeploymentIoTJobConfiguration['jobExecutionsRolloutConfig'],
  deployment: Deployment,
): number {
  const most = config?.maximumPerMinute ?? FASTEST;
  const exponential = config?.exponentialRate;
  if (!exponential) return most;
  const { baseRatePerMinute = 1, incrementFactor = 1, rateIncreaseCriteria } = exponential;
  const { numberOfNotifiedThings, numberOfSucceededThings } = rateIncreaseCriteria ?? {};
  const steps = numberOfNotifiedThings
    ? notified(deployment) / numberOfNotifiedThings
    : deployment.counts.SUCCEEDED / (numberOfSucceededThings ?? Infinity);
  return Math.min(most, Math.floor(baseRatePerMinute * incrementFactor ** Math.floor(steps)));
}

export function createJobRollout({ clock }: Pick<Cloud, 'clock'>, executions: Executions) {
  const waiting = new Map<Deployment, Waiting>();

  // Assumed: the share of a minute is handed out at its beginning.
  const handOut = (deployment: Deployment) => {
    const rollout = waiting.get(deployment);
    if (!rollout || deployment.status !== 'ACTIVE') {
      waiting.delete(deployment);
      return;
    }
    const now = clock.now();
    if (now >= rollout.windowStart + MINUTE) {
      rollout.windowStart = now;
      rollout.handedOut = 0;
    }
    const rate = ratePerMinute(
      deployment.iotJobConfiguration?.jobExecutionsRolloutConfig,
      deployment,
    );
    for (const thing of rollout.things) {
      if (rollout.handedOut >= rate) break;
      rollout.things.delete(thing);
      rollout.handedOut += 1;
      executions.queue(deployment, thing);
    }
    if (rollout.things.size > 0)
      clock.schedule(rollout.windowStart + MINUTE, () => {
        handOut(deployment);
      });
  };

  return {
    /** Queues the deployment for these things, as fast as its configuration allows. */
    add(deployment: Deployment, things: readonly string[]): void {
      const rollout = waiting.get(deployment) ?? {
        things: new Set<string>(),
        windowStart: clock.now(),
        handedOut: 0,
      };
      waiting.set(deployment, rollout);
      const isIdle = rollout.things.size === 0;
      for (const thing of things) rollout.things.add(thing);
      if (isIdle) handOut(deployment);
    },

    /** Whether there are things whose turn hasn't come. */
    isHandingOut: (deployment: Deployment): boolean =>
      (waiting.get(deployment)?.things.size ?? 0) > 0,

    /** A thing that left its group before its turn. */
    drop(deployment: Deployment, thing: string): void {
      waiting.get(deployment)?.things.delete(thing);
    },

    /** A deployment that hands out nothing more. */
    end(deployment: Deployment): void {
      waiting.delete(deployment);
    },
  };
}
