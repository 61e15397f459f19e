import type { DeploymentDocument } from '../deployment-document.js';
import type { CoreDeviceFacts } from '../membership.js';
import { shortTarget } from '../target.js';
import { isLite, platformOf, type Platform } from './device-kind.js';
import type { Root } from './resolve.js';

/** A deployment to another target, and which of this target's things it reaches. */
export interface NeighbourFacts {
  readonly targetArn: string;
  readonly deploymentId: string;
  readonly document: DeploymentDocument;
  readonly things: readonly string[];
}

/** What a device of the canary reports to have, the core software included. */
export interface InstalledFacts {
  readonly thing: string;
  /** Versions by component. */
  readonly components: Readonly<Record<string, string>>;
}

/** Devices that a deployment means the same to: of one platform, and in the same other targets. */
export interface DeviceKind {
  readonly platform: Platform;
  readonly neighbours: readonly NeighbourFacts[];
  readonly things: readonly string[];
  /** Those of the canary. */
  readonly installed: readonly InstalledFacts[];
}

/** A platform as ListCoreDevices has it, and the runtime where it isn't the usual one. */
export const platformText = (platform: Platform): string =>
  `${platform.os}/${platform.architecture}${isLite(platform) ? ' (nucleus lite)' : ''}`;

/** Sorts the devices of a target by what a resolution depends on. */
export function deviceKinds(
  devices: readonly Pick<CoreDeviceFacts, 'thing' | 'platform' | 'runtime'>[],
  neighbours: readonly NeighbourFacts[],
  installed: readonly InstalledFacts[],
): DeviceKind[] {
  const around = new Map<string, NeighbourFacts[]>();
  for (const neighbour of neighbours)
    for (const thing of neighbour.things)
      around.set(thing, [...(around.get(thing) ?? []), neighbour]);
  const reported = new Map(installed.map((one) => [one.thing, one]));
  const kinds = new Map<string, DeviceKind & { things: string[]; installed: InstalledFacts[] }>();
  for (const device of devices) {
    const platform = platformOf(device);
    const others = around.get(device.thing) ?? [];
    const key = [platformText(platform), ...others.map(({ targetArn }) => targetArn)].join('\n');
    const kind = kinds.get(key) ?? { platform, neighbours: others, things: [], installed: [] };
    kind.things.push(device.thing);
    const report = reported.get(device.thing);
    if (report) kind.installed.push(report);
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}

/** The components that a document makes a target ask for. */
export const rootsOf = (
  targetArn: string,
  { components }: Pick<DeploymentDocument, 'components'>,
): Root[] =>
  Object.entries(components).map(([component, { componentVersion }]) => ({
    target: shortTarget(targetArn),
    component,
    range: componentVersion,
  }));
