import diff from 'semver/functions/diff.js';
import rcompare from 'semver/functions/rcompare.js';
import satisfies from 'semver/functions/satisfies.js';
import type { Catalogue, Lacking } from './catalogue.js';
import { nucleusName, type Platform } from './device-kind.js';
import type { Ask, Resolution, Root, VersionProblem } from './resolve.js';

/** What becomes of the core software of a device that runs `from`. */
export type NucleusFate =
  | { readonly kind: 'stays' }
  /** It is replaced, which restarts every component. */
  | { readonly kind: 'moves'; readonly from: string; readonly to: string }
  /** Another minor or major version would come, which only a document that names the core software may bring. */
  | {
      readonly kind: 'unnamed';
      readonly from: string;
      readonly to: string;
      readonly asks: readonly Ask[];
    }
  | { readonly kind: 'problem'; readonly problem: VersionProblem }
  | { readonly kind: 'lacking'; readonly lacking: Lacking };

/**
 * Decides as the nucleus does (DependencyResolver): where something is asked of it, the latest version that meets it all is
 * taken, be it newer than what runs and what runs good enough.
 */
export function nucleusFate(
  from: string,
  { asks }: Pick<Resolution, 'asks'>,
  roots: readonly Root[],
  { platform, catalogue }: { platform: Platform; catalogue: Catalogue },
): NucleusFate {
  const component = nucleusName(platform);
  const wanted = asks.get(component) ?? [];
  if (wanted.length === 0) return { kind: 'stays' };
  const versions = catalogue.versions[component];
  if (versions === undefined) return { kind: 'lacking', lacking: { component } };
  const [to] = [...versions, from]
    .filter((version) => wanted.every(({ range }) => satisfies(version, range)))
    .sort(rcompare);
  if (to === undefined)
    return { kind: 'problem', problem: { kind: 'no version', component, asks: wanted, versions } };
  if (to === from) return { kind: 'stays' };
  const isNamed = roots.some((root) => root.component === component);
  const change = diff(to, from);
  return isNamed || (change !== 'minor' && change !== 'major')
    ? { kind: 'moves', from, to }
    : { kind: 'unnamed', from, to, asks: wanted };
}
