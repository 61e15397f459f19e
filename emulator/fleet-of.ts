import type { FleetFile } from './fleet-file.js';

/** What a test says of its fleet; the rest is as in a fleet file. */
export interface FleetParts extends Omit<FleetFile, 'components' | 'thingGroups'> {
  /** How many core devices each thing group has. */
  readonly coreDevices: Readonly<Record<string, number>>;
  /** The versions of components that all of them run at the start. */
  readonly runs?: Readonly<Record<string, string>>;
  /** Versions that may be deployed besides. */
  readonly published?: Readonly<Record<string, readonly string[]>>;
}

/** The least recipe there is. */
const recipeOf = (name: string, version: string) => ({
  RecipeFormatVersion: '2020-01-25',
  ComponentName: name,
  ComponentVersion: version,
  Manifests: [{ Lifecycle: { Run: 'true' } }],
});

/** A fleet without files: groups of core devices, and components that have the least recipe there is. */
export function buildFleetFile(parts: FleetParts): FleetFile {
  const { coreDevices, runs = {}, published = {}, ...more } = parts;
  const running = Object.entries(runs);
  const others = Object.entries(published).flatMap(([name, versions]) =>
    versions.map((version) => [name, version] as const),
  );
  const deployed = Object.fromEntries(
    running.map(([name, componentVersion]) => [name, { componentVersion }]),
  );
  return {
    ...more,
    components: [...running, ...others].map(([name, version]) => recipeOf(name, version)),
    thingGroups: Object.fromEntries(
      Object.entries(coreDevices).map(([group, count]) => [
        group,
        { count, ...(running.length > 0 && { deployed }) },
      ]),
    ),
  };
}
