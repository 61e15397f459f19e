import { isDeepStrictEqual } from 'node:util';

/** A component's configuration on one device; shared between devices that have the same, so never changed in place. */
export type Configuration = Readonly<Record<string, unknown>>;

/** One deployment's change of one component's configuration. */
export interface ConfigurationUpdate {
  readonly merge: Configuration;
  readonly reset: readonly string[];
}

/** A mapping, which merges key by key. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid on `under`: objects merge key by key, everything else, lists too, replaces. */
export function mergeConfiguration(under: Configuration, over: Configuration): Configuration {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(value) && isObject(below) ? mergeConfiguration(below, value) : value;
  }
  return merged;
}

const segmentsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

function without(configuration: Configuration, segments: readonly string[]): Configuration {
  const [key, ...rest] = segments;
  if (key === undefined || !(key in configuration)) return configuration;
  const { [key]: below, ...others } = configuration;
  if (rest.length === 0) return others;
  return isObject(below) ? { ...configuration, [key]: without(below, rest) } : configuration;
}

// Documented: nucleus source, KernelConfigResolver.removeKeysFromConfigWhichAreReset: a pointer with a segment that may
// be a list index is logged and skipped; the empty pointer takes everything and ends the reset.
function resetConfiguration(configuration: Configuration, pointers: readonly string[]) {
  let left = configuration;
  for (const pointer of pointers) {
    if (pointer === '') return {};
    const segments = segmentsOf(pointer);
    if (!segments.some((segment) => /^\d+$/.test(segment))) left = without(left, segments);
  }
  return left;
}

/**
 * What a component's configuration is after a deployment: what the device has, with these updates in their order. Answers
 * the very object it was given where nothing changes, so that a device can tell a restart from a no-op.
 */
export function applyConfiguration(
  current: Configuration | undefined,
  defaults: Configuration,
  updates: readonly ConfigurationUpdate[],
): Configuration {
  // Documented: nucleus source, KernelConfigResolver.resolveConfigurationToApply: reset removes keys from what the device
  // has, the recipe's defaults fill every key that is missing then (also after a mere change of version), and the merge
  // comes last.
  let result = mergeConfiguration(defaults, current ?? {});
  for (const { reset, merge } of updates) {
    const filled = mergeConfiguration(defaults, resetConfiguration(result, reset));
    result = mergeConfiguration(filled, merge);
  }
  return current && isDeepStrictEqual(result, current) ? current : result;
}
