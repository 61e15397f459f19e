import type { Cloud, Deployment } from '../cloud.js';
import { composeSoftware, type Composition } from './compose-software.js';
import { createConfigurator } from './configurator.js';
import type { CoreDevice, Software } from './core-device.js';
import { refuseDeployment, refusePreparation } from './deployment-refusals.js';
import type { Refusal } from './outcome.js';
import { createResolver } from './resolver.js';
import type { Resolution } from './resolve-components.js';
import { slotOf, slotsWith, type Slot } from './slots.js';

/** What a deployment would make of a device: nothing, or other software with these components started anew. */
export type Plan = { readonly refusal: Refusal } | Composition;

export type Planner = ReturnType<typeof createPlanner>;

/**
 * Makes the planner of one fleet. Devices that run the same software and take the same deployment share one plan: it is
 * computed once, and 100,000 devices keep a handful of component lists.
 */
export function createPlanner(cloud: Pick<Cloud, 'componentVersions'>) {
  const resolve = createResolver(cloud);
  const configure = createConfigurator();
  const slots = {
    aws_nucleus_classic: new WeakMap<Deployment, Slot>(),
    aws_nucleus_lite: new WeakMap<Deployment, Slot>(),
  };
  const plans = new WeakMap<Software, WeakMap<Resolution, Map<string, Plan>>>();

  const slotTaken = (deployment: Deployment, { runtime }: CoreDevice['profile']) => {
    const slot = slots[runtime].get(deployment) ?? slotOf(deployment, runtime);
    slots[runtime].set(deployment, slot);
    return slot;
  };

  const known = (software: Software, resolution: Resolution) => {
    const ofSoftware = plans.get(software) ?? new WeakMap<Resolution, Map<string, Plan>>();
    plans.set(software, ofSoftware);
    const ofResolution = ofSoftware.get(resolution) ?? new Map<string, Plan>();
    ofSoftware.set(resolution, ofResolution);
    return ofResolution;
  };

  return (
    device: Pick<CoreDevice, 'platform' | 'profile' | 'software'>,
    deployment: Deployment,
    /** Undefined: the device may not ask for them. */
    groups: readonly string[] | undefined,
  ): Plan => {
    const { software, platform, profile } = device;
    const incoming = slotTaken(deployment, profile);
    const refusal = refuseDeployment(device, deployment, incoming);
    if (refusal) return { refusal };
    const next = slotsWith(software.slots, incoming, groups);
    const resolution = resolve(next, device);
    if ('refusal' in resolution) return resolution;
    // The resolution stands for platform and slots, so the deployment is all that is left to tell plans apart.
    const same = known(software, resolution);
    const compose = (): Plan => {
      const composed = composeSoftware({
        ...{ software, platform, profile, deployment, slots: next, resolution, configure },
      });
      const unprepared = refusePreparation(device, composed.software.components, composed.started);
      return unprepared ? { refusal: unprepared } : composed;
    };
    const plan = same.get(deployment.deploymentId) ?? compose();
    same.set(deployment.deploymentId, plan);
    return plan;
  };
}
