import semver from 'semver';

/** What a tag says: a version, and of which component where it names one. */
export interface ReleaseTag {
  readonly component: string | undefined;
  readonly version: string;
}

const TAG = /^(?:(.+)@)?v?(\d+\.\d+\.\d+.*)$/;

/** Reads `v1.4.0`, `1.4.0` or `component@1.4.0`; undefined where there is no semantic version in it. */
export function readTag(tag: string): ReleaseTag | undefined {
  const [, component, version] = TAG.exec(tag) ?? [];
  return version !== undefined && semver.valid(version) !== null
    ? { component, version }
    : undefined;
}

/** Whether a tag means this component: by its whole name, or by the last part of it. */
export const isMeant = ({ component: meant }: ReleaseTag, component: string): boolean =>
  meant === undefined ||
  [component, component.split('.').at(-1)].some(
    (name) => name?.toLowerCase() === meant.toLowerCase(),
  );

/** The version after the greatest of these, in its last number; 1.0.0 where there is none. */
export function nextPatch(versions: readonly string[]): string {
  const [greatest] = semver.rsort(versions.filter((version) => semver.valid(version) !== null));
  return greatest === undefined ? '1.0.0' : (semver.inc(greatest, 'patch') ?? '1.0.0');
}
