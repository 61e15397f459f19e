import semver from 'semver';
import type { ComponentVersion } from '../cloud.js';
import { meetsPlatform, type PlatformAttributes } from '../platform-claims.js';
import type { Runtime } from './runtime.js';

/** What a core device says of itself; `platformOverride` adds attributes of one's own. */
export interface Platform extends PlatformAttributes {
  readonly os: string;
  readonly architecture: string;
  /** Undefined where the core software doesn't look whether a manifest claims it. */
  readonly runtime: Runtime | undefined;
}

/** `linux/aarch64` taken apart, for a device of this runtime and version of the core software. */
export function parsePlatform(
  text: string,
  override: PlatformAttributes,
  runtime: Runtime,
  nucleusVersion: string,
): Platform {
  const [os = '', architecture = ''] = text.split('/');
  // Documented: nucleus lite source, release notes of 2.3.0: a manifest has to claim the runtime from then on.
  const isUnchecked = runtime === 'aws_nucleus_lite' && semver.lt(nucleusVersion, '2.3.0');
  return { ...override, os, architecture, runtime: isUnchecked ? undefined : runtime };
}

/** Documented: nucleus lite source, release notes of 2.3.0: a manifest that claims no runtime is for the classic one. */
const claimsRuntime = (claimed: string | undefined, runtime: Runtime | undefined) =>
  claimed === undefined
    ? runtime !== 'aws_nucleus_lite'
    : runtime === undefined || meetsPlatform({ runtime: claimed }, { runtime });

/** Assumed: a recipe without manifests runs anywhere. */
export function runsOn(version: Pick<ComponentVersion, 'platforms'>, platform: Platform): boolean {
  return (
    version.platforms.length === 0 ||
    version.platforms.some(({ attributes = {} }) => {
      const { runtime, ...wanted } = attributes;
      return meetsPlatform(wanted, platform) && claimsRuntime(runtime, platform.runtime);
    })
  );
}
