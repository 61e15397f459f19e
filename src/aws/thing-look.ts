import type { BrokenComponent } from '../domain/failure-cause.js';
import type { Rollout } from '../domain/rollout.js';
import { targetOf } from '../domain/target.js';
import type { EffectiveDeployment } from '../domain/thing-execution.js';
import { releaseOn, thingObservation } from '../domain/thing-observation.js';
import type { SeenWave } from '../domain/unhealthy-devices.js';
import type { Greengrass } from './greengrass.js';
import { newestRevision } from './own-deployment.js';

/** Only once it has succeeded: a device that has just begun may be restarting what it runs. */
async function brokenSince(
  greengrass: Greengrass,
  thing: string,
  effective: EffectiveDeployment | undefined,
): Promise<BrokenComponent[] | undefined> {
  if (effective?.status !== 'COMPLETED') return undefined;
  const device = await greengrass.coreDevice(thing);
  return device?.status === 'UNHEALTHY' ? greengrass.brokenComponents(thing) : undefined;
}

/**
 * One look at the one thing: its newest revision, what it says of the release and, once that has succeeded, of its own health.
 * Five calls at most.
 */
export async function observeThing(
  { greengrass }: { greengrass: Greengrass },
  rollout: Rollout,
  at: number,
): Promise<SeenWave> {
  const { rolloutId, targetArn } = rollout;
  const { name: thing } = targetOf(targetArn);
  const newest = await newestRevision(greengrass, rolloutId, targetArn);
  const own = releaseOn(rollout, newest);
  const effective =
    own === undefined ? undefined : await greengrass.effectiveDeployment(thing, own);
  const broken = await brokenSince(greengrass, thing, effective);
  return thingObservation(rollout, { at, newest, effective, broken });
}
