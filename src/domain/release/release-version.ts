import semver from 'semver';
import { InvalidReleaseError } from '../errors.js';
import { type ReleaseFile, wantsNextPatch } from './release-file.js';
import { isMeant, nextPatch, readTag } from './release-tag.js';

const refuse = (problem: string): never => {
  throw new InvalidReleaseError(problem);
};

function ofTag({ component }: ReleaseFile, tag: string): string | undefined {
  const read = readTag(tag);
  if (read && !isMeant(read, component))
    return refuse(
      `tag: ${tag} names ${read.component}, the release file ${component}; tag it ${component}@${read.version}`,
    );
  return read?.version;
}

const noVersion = ({ component }: ReleaseFile, tag: string | undefined): never =>
  refuse(
    tag === undefined
      ? 'version: missing; give the release file one, or a tag such as v1.4.0'
      : `tag: ${JSON.stringify(tag)} has no semantic version; tag v1.4.0 or ${component}@1.4.0`,
  );

/**
 * The version of a release: the tag's, or the file's where the tag has none. Throws an InvalidReleaseError where the two
 * disagree, or neither has one. `known` are the component's versions that there are.
 */
export function versionOf(
  file: ReleaseFile,
  tag: string | undefined,
  known: readonly string[],
): string {
  const tagged = tag === undefined ? undefined : ofTag(file, tag);
  const isNext = wantsNextPatch(file);
  if (tagged !== undefined && file.version !== undefined && !isNext && tagged !== file.version)
    return refuse(
      `version: the release file has ${file.version}, the tag ${tag}; keep one of them`,
    );
  const version = tagged ?? (isNext ? nextPatch(known) : file.version) ?? noVersion(file, tag);
  return semver.valid(version) === null
    ? refuse(`version: ${JSON.stringify(version)} is no semantic version, such as 1.4.0`)
    : version;
}
