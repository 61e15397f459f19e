import type { ComponentDeploymentSpecification } from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import type { ComponentVersion, Deployment } from '../cloud.js';
import {
  applyConfiguration,
  type Configuration,
  type ConfigurationUpdate,
} from './configuration.js';
import type { RunningComponent } from './core-device.js';
import { fromThere, withUpdate, type AppliedUpdate } from './update-order.js';

const Merge = z.record(z.string(), z.unknown());
const NOTHING: Configuration = {};
const NO_UPDATES: readonly AppliedUpdate[] = [];

const readUpdate = ({
  configurationUpdate,
}: ComponentDeploymentSpecification): ConfigurationUpdate | undefined =>
  configurationUpdate && {
    merge:
      configurationUpdate.merge === undefined
        ? NOTHING
        : Merge.parse(JSON.parse(configurationUpdate.merge)),
    reset: configurationUpdate.reset ?? [],
  };

type Settings = Pick<RunningComponent, 'configuration' | 'updates'>;

/**
 * `applyConfiguration` for one fleet. Devices that had one configuration and take the same deployment share the result:
 * 100,000 devices keep a handful of configurations, and two equal ones are compared by identity.
 */
export function createConfigurator() {
  const updates = new WeakMap<
    ComponentDeploymentSpecification,
    { readonly update: ConfigurationUpdate | undefined }
  >();
  const results = new WeakMap<Configuration, Map<string, Settings>>();

  const updateOf = (specification: ComponentDeploymentSpecification | undefined) => {
    if (!specification) return undefined;
    const read = updates.get(specification) ?? { update: readUpdate(specification) };
    updates.set(specification, read);
    return read.update;
  };

  return (
    current: RunningComponent | undefined,
    source: ComponentVersion | undefined,
    { deploymentId, creationTimestamp: at }: Deployment,
    specification: ComponentDeploymentSpecification | undefined,
  ): Settings => {
    const update = updateOf(specification);
    const applied = current?.updates ?? NO_UPDATES;
    const known = results.get(current?.configuration ?? NOTHING) ?? new Map<string, Settings>();
    results.set(current?.configuration ?? NOTHING, known);
    const key = [
      source ? `${source.arn}@${source.creationTimestamp}` : '',
      current ? 'after' : 'first',
      update ? deploymentId : '',
      ...applied.map((each) => each.deploymentId),
    ].join(' ');
    const compute = () => {
      const arriving = update && { ...update, deploymentId, at };
      const defaults = source?.defaultConfiguration ?? NOTHING;
      // Documented: developer guide, "Create deployments": updates of several targets apply in the order in which the
      // deployments were created, so an older deployment that arrives later takes back nothing of newer ones.
      const due = arriving ? fromThere(applied, arriving) : NO_UPDATES;
      return {
        configuration: applyConfiguration(current?.configuration, defaults, due),
        updates: arriving ? withUpdate(applied, arriving) : applied,
      };
    };
    const settings = known.get(key) ?? compute();
    known.set(key, settings);
    return settings;
  };
}
