import semver from 'semver';
import type { ComponentVersion } from '../cloud.js';
import type { Runtime } from './runtime.js';

/** What a core device says of itself. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Undefined where the core software doesn't look whether a manifest claims it. */
  readonly runtime: Runtime | undefined;
}

/** `linux/aarch64` taken apart, for a device of this runtime and version of the core software. */
export function parsePlatform(text: string, runtime: Runtime, nucleusVersion: string): Platform {
  const [os = '', architecture = ''] = text.split('/');
  // Documented: nucleus lite source, release notes of 2.3.0: a manifest has to claim the runtime from then on.
  const isUnchecked = runtime === 'aws_nucleus_lite' && semver.lt(nucleusVersion, '2.3.0');
  return { os, architecture, runtime: isUnchecked ? undefined : runtime };
}

/** Documented: developer guide, "Component recipe reference": a value, `*` for any, or a regular expression in slashes. */
function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined || pattern === '*') return true;
  const expression = /^\/(.*)\/$/.exec(pattern)?.[1];
  return expression === undefined
    ? pattern === value
    : new RegExp(`^(?:${expression})$`).test(value);
}

/** Documented: nucleus lite source, release notes of 2.3.0: a manifest that claims no runtime is for the classic one. */
const claimsRuntime = (pattern: string | undefined, runtime: Runtime | undefined) =>
  pattern === undefined
    ? runtime !== 'aws_nucleus_lite'
    : runtime === undefined || matches(pattern, runtime);

/** Assumed: a recipe without manifests runs anywhere. */
export function runsOn(version: Pick<ComponentVersion, 'platforms'>, platform: Platform): boolean {
  return (
    version.platforms.length === 0 ||
    version.platforms.some(
      ({ attributes }) =>
        matches(attributes?.['os'], platform.os) &&
        matches(attributes?.['architecture'], platform.architecture) &&
        claimsRuntime(attributes?.['runtime'], platform.runtime),
    )
  );
}
