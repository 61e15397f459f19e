import semver from 'semver';
import type { ComponentVersion } from '../cloud.js';
import { noVersion, refusal, satisfiesAll, type Constraints } from './constraints.js';
import type { Refusal } from './outcome.js';

/**
 * The core software's own version.
 * Assumed: what runs stays while it meets the constraints; else the latest match in the catalogue.
 */
export function resolveNucleus(
  constraints: Constraints,
  isRoot: boolean,
  {
    catalogue,
    nucleus,
    nucleusVersion,
  }: {
    readonly catalogue: readonly ComponentVersion[];
    readonly nucleus: string;
    readonly nucleusVersion: string;
  },
): { nucleusVersion: string } | { refusal: Refusal } {
  if (satisfiesAll(nucleusVersion, constraints)) return { nucleusVersion };
  const latest = catalogue
    .filter(
      ({ componentName, componentVersion }) =>
        componentName === nucleus && satisfiesAll(componentVersion, constraints),
    )
    .map(({ componentVersion }) => componentVersion)
    .sort(semver.rcompare)[0];
  if (latest === undefined) return noVersion(nucleus, constraints);
  const change = semver.diff(latest, nucleusVersion);
  // Documented: nucleus source, DependencyResolver: only a root may bring a new major or minor version of the nucleus.
  if (!isRoot && change !== 'patch')
    return refusal(
      ['UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE'],
      'The deployment attempts to update the nucleus from ' +
        `${nucleus}-${nucleusVersion} to ${nucleus}-${latest} but no component of type nucleus was included as ` +
        'target component, please add the desired nucleus version as top level component if you wish to update the ' +
        'nucleus to a different minor/major version',
    );
  return { nucleusVersion: latest };
}
