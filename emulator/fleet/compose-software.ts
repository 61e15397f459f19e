import type { Deployment } from '../cloud.js';
import type { createConfigurator } from './configurator.js';
import type { CoreDevice, RunningComponent, Software } from './core-device.js';
import { settledState } from './recipe-lifecycle.js';
import type { Resolution } from './resolve-components.js';
import { nucleusName } from './runtime.js';
import type { Slot } from './slots.js';

/** Other software for a device, with these components started anew. */
export interface Composition {
  readonly software: Software;
  readonly started: readonly RunningComponent[];
}

interface Parts extends Pick<CoreDevice, 'platform' | 'profile' | 'software'> {
  readonly deployment: Deployment;
  readonly slots: readonly Slot[];
  readonly resolution: Extract<Resolution, { versions: unknown }>;
  readonly configure: ReturnType<typeof createConfigurator>;
}

/**
 * The components of a resolution on a device: what stays as it is, and what is installed or restarted.
 * Documented: nucleus source, KernelUpdateActivator: with another version of the nucleus all components start anew.
 */
export function composeSoftware(parts: Parts): Composition {
  const { software, platform, profile, deployment, slots, resolution, configure } = parts;
  const { nucleusVersion, versions } = resolution;
  const nucleus = nucleusName(profile.runtime);
  const isRestart = nucleusVersion !== software.nucleusVersion;
  const started: RunningComponent[] = [];
  const place = (
    name: string,
    version: string,
    source: RunningComponent['source'],
    state: 'RUNNING' | 'FINISHED',
  ): RunningComponent => {
    const current = software.components.find((component) => component.name === name);
    const isRoot = name === nucleus || slots.some(({ roots }) => name in roots);
    const settings = configure(current, source, deployment, deployment.components[name]);
    const isSame =
      current?.version === version &&
      current.source === source &&
      current.configuration === settings.configuration;
    // Documented: API model, InstalledComponent.lastInstallationSource: the last deployment that contained it.
    const isNamed = name in deployment.components;
    const isKept = isSame && current.state !== 'BROKEN';
    const installedBy = isKept && !isNamed ? current.installedBy : deployment.deploymentId;
    if (isKept && !isRestart) return { ...current, isRoot, installedBy, ...settings };
    const component: RunningComponent = {
      ...{ name, version, source, state, isRoot, installedBy, ...settings },
      statusCode: undefined,
      startedAt: 0,
      stateChangedAt: 0,
    };
    started.push(component);
    return component;
  };
  const components = [
    place(nucleus, nucleusVersion, undefined, 'FINISHED'),
    ...[...versions].map(([name, source]) =>
      place(name, source.componentVersion, source, settledState(source, platform)),
    ),
  ];
  return { software: { nucleusVersion, components, slots }, started };
}

/** What `settle` made last of a composition: at the emulator's start, all devices of a kind settle at the same time. */
const settled = new WeakMap<Composition, { before: Software; at: number; software: Software }>();

/** The composed software once it runs; what wasn't started anew is as it is by then, broken or running again. */
export function settle(composition: Composition, before: Software, at: number): Software {
  const last = settled.get(composition);
  if (last?.before === before && last.at === at) return last.software;
  const components = composition.software.components.map((component) => {
    if (composition.started.includes(component))
      return { ...component, startedAt: at, stateChangedAt: at };
    const now = before.components.find(({ name }) => name === component.name);
    if (!now || now.stateChangedAt === component.stateChangedAt) return component;
    const { state, statusCode, stateChangedAt } = now;
    return { ...component, state, statusCode, stateChangedAt };
  });
  const software = { ...composition.software, components };
  settled.set(composition, { before, at, software });
  return software;
}
