import semver from 'semver';
import type { ComponentPlatform } from '@aws-sdk/client-greengrassv2';
import type { ComponentVersion } from '../cloud.js';
import { isDeployable } from '../component-status.js';
import { meetsPlatform } from '../platform-claims.js';

const runsOn = ({ platforms }: ComponentVersion, { attributes = {} }: ComponentPlatform) =>
  platforms.length === 0 ||
  platforms.some((platform) => meetsPlatform(platform.attributes ?? {}, attributes));

/** Assumed: a range of versions has at most so many characters, which is more than any recipe has. */
const LONGEST_RANGE = 256;

/** Documented: developer guide, "Component recipe reference": a requirement is a version or a range of versions of npm. */
export const isVersionRange = (range: string): boolean =>
  range.length <= LONGEST_RANGE && semver.validRange(range) !== null;

/**
 * The greatest version that a device may have, of versions with the greatest first; or why there is none, in the words
 * that the nucleus looks for.
 */
export function resolveCandidate(
  versions: readonly ComponentVersion[],
  requirements: Readonly<Record<string, string>>,
  platform: ComponentPlatform,
): ComponentVersion | 'no usable version' | 'claim platform' {
  const ranges = Object.values(requirements);
  const usable = versions
    .filter(isDeployable)
    .filter(({ componentVersion }) =>
      ranges.every((range) => semver.satisfies(componentVersion, range)),
    );
  if (usable.length === 0) return 'no usable version';
  return usable.find((version) => runsOn(version, platform)) ?? 'claim platform';
}
