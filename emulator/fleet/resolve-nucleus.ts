import semver from 'semver';
import type { ComponentVersion } from '../cloud.js';
import { noVersion, refusal, satisfiesAll, type Constraints } from './constraints.js';
import type { Refusal } from './outcome.js';
import { runsOn, type Platform } from './platform.js';

interface Around {
  readonly catalogue: readonly ComponentVersion[];
  readonly platform: Platform;
  readonly nucleus: string;
  readonly nucleusVersion: string;
}

/**
 * The core software's own version: where nobody asks for one, what runs; else the latest that meets the constraints.
 * Documented: nucleus source, DependencyResolver: it is resolved like every component, and no more than a patch comes unless
 * the deployment itself names it; else the deployment fails, also where what runs would do.
 * Assumed: what runs is among what the cloud offers, though nobody has published it here.
 */
export function resolveNucleus(
  constraints: Constraints,
  isNamed: boolean,
  { catalogue, platform, nucleus, nucleusVersion }: Around,
): { nucleusVersion: string } | { refusal: Refusal } {
  if (constraints.size === 0) return { nucleusVersion };
  const offered = catalogue
    .filter((each) => each.componentName === nucleus && runsOn(each, platform))
    .map(({ componentVersion }) => componentVersion);
  const latest = [...offered, nucleusVersion]
    .filter((version) => satisfiesAll(version, constraints))
    .sort(semver.rcompare)[0];
  if (latest === undefined) return noVersion(nucleus, constraints);
  const change = semver.diff(latest, nucleusVersion);
  if (!isNamed && (change === 'minor' || change === 'major'))
    return refusal(
      ['UNAUTHORIZED_NUCLEUS_MINOR_VERSION_UPDATE'],
      'The deployment attempts to update the nucleus from ' +
        `${nucleus}-${nucleusVersion} to ${nucleus}-${latest} but no component of type nucleus was included as ` +
        'target component, please add the desired nucleus version as top level component if you wish to update the ' +
        'nucleus to a different minor/major version',
    );
  return { nucleusVersion: latest };
}
