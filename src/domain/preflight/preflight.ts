import { releaseDocument, type DeploymentDocument } from '../deployment-document.js';
import type { CoreDeviceFacts } from '../membership.js';
import type { Release } from '../rollout-file.js';
import { emptyCatalogue, type Catalogue, type Lacking } from './catalogue.js';
import {
  deviceKinds,
  rootsOf,
  type DeviceKind,
  type InstalledFacts,
  type NeighbourFacts,
} from './device-kinds.js';
import { nucleusFate, type NucleusFate } from './nucleus.js';
import { pinsFor, withoutPins, withPins, type Pins, type Unpinned } from './pins.js';
import { resolve, type Resolution, type Root } from './resolve.js';
import { nucleusName } from './device-kind.js';

/** What preflight reads, besides what planning reads anyway. */
export interface PreflightFacts {
  /** Other targets of the target's devices. */
  readonly neighbours: readonly NeighbourFacts[];
  /** Devices of the target with a deployment of their own that has not been read. */
  readonly unread: number;
  /** Of the canary's devices. */
  readonly installed: readonly InstalledFacts[];
  readonly catalogue: Catalogue;
  /** What an earlier rollout pinned in the baseline. */
  readonly pins: Pins;
}

/** A target that nothing is known of. */
export const nothingAround: PreflightFacts = {
  neighbours: [],
  unread: 0,
  installed: [],
  catalogue: emptyCatalogue,
  pins: {},
};

interface Revisions {
  readonly revisions: readonly { readonly document: DeploymentDocument }[];
}

/** A release on its way to devices: what a resolution starts from. */
export interface Scope {
  readonly targetArn: string;
  readonly coreDevices: readonly CoreDeviceFacts[];
  readonly release: Release;
  /** The release merged into the baseline, without pins. */
  readonly document: DeploymentDocument;
}

/** The scope of a release to a target, from the newest of the target's revisions without what an earlier rollout pinned. */
export function scopeOf(
  { targetArn, coreDevices, revisions }: Pick<Scope, 'targetArn' | 'coreDevices'> & Revisions,
  release: Release,
  pins: Pins,
): Scope & { readonly before: DeploymentDocument } {
  const baseline = revisions.at(-1)?.document ?? { components: {} };
  const before = withoutPins(baseline, pins, release);
  return { targetArn, coreDevices, release, before, document: releaseDocument(before, release) };
}

/** What a document makes of one kind of devices. */
export interface KindOutlook {
  readonly kind: DeviceKind;
  readonly resolution: Resolution;
  /** Of the core software, by the version that devices of the canary run. */
  readonly nuclei: readonly NucleusFate[];
}

/** What a release makes of every kind of devices, and the dependencies that its document pins. */
export interface Outlook {
  readonly kinds: readonly KindOutlook[];
  readonly pins: Pins;
  readonly unpinned: readonly Unpinned[];
  readonly lacking: readonly Lacking[];
}

/** Who asks for what the release names, and for what it needs, in the words of a report. */
const THE_RELEASE = 'the release';
const THE_ROLLOUT = 'the rollout';

function rootsFor({ targetArn, release, document }: Scope, pins: Pins, kind: DeviceKind): Root[] {
  const own = rootsOf(targetArn, withPins(document, pins)).map((root) => {
    if (pins[root.component] !== undefined) return { ...root, target: THE_ROLLOUT };
    return release.components[root.component] === undefined
      ? root
      : { ...root, target: THE_RELEASE };
  });
  return [
    ...kind.neighbours.flatMap((neighbour) => rootsOf(neighbour.targetArn, neighbour.document)),
    ...own,
  ];
}

/** The versions of the core software that the canary's devices of this kind run. */
const runningNuclei = ({ installed, platform }: DeviceKind) => [
  ...new Set(installed.flatMap(({ components }) => components[nucleusName(platform)] ?? [])),
];

function outlookOf(
  scope: Scope,
  kinds: readonly DeviceKind[],
  { catalogue, pins, preferred }: { catalogue: Catalogue; pins: Pins; preferred: Pins },
): KindOutlook[] {
  return kinds.map((kind) => {
    const { platform } = kind;
    const roots = rootsFor(scope, pins, kind);
    const resolution = resolve(roots, { catalogue, platform, preferred });
    const nuclei = runningNuclei(kind).map((version) =>
      nucleusFate(version, resolution, roots, { platform, catalogue }),
    );
    return { kind, resolution, nuclei };
  });
}

const lackingIn = (kinds: readonly KindOutlook[]): Lacking[] =>
  kinds.flatMap(({ resolution, nuclei }) => [
    ...resolution.lacking,
    ...nuclei.flatMap((fate) => (fate.kind === 'lacking' ? [fate.lacking] : [])),
  ]);

const once = (lacking: readonly Lacking[]): Lacking[] => [
  ...new Map(lacking.map((one) => [`${one.component}@${one.version ?? ''}`, one])).values(),
];

/**
 * Finds what every kind of devices would take, as far as the catalogue tells, and says what of it is still lacking. What an earlier
 * rollout pinned stays where it meets what is asked now, so that a release moves no dependency without need.
 */
export function outlook(scope: Scope, facts: PreflightFacts): Outlook {
  const { neighbours, installed, catalogue, pins: before } = facts;
  const kinds = deviceKinds(scope.coreDevices, neighbours, installed);
  const floating = outlookOf(scope, kinds, { catalogue, pins: {}, preferred: before });
  const { pins, unpinned } = pinsFor(
    scope.document,
    floating.map(({ kind, resolution }) => ({
      platform: kind.platform,
      resolution,
      named: new Set(kind.neighbours.flatMap(({ document }) => Object.keys(document.components))),
    })),
  );
  const pinned = outlookOf(scope, kinds, { catalogue, pins, preferred: {} });
  const isRefused = ({ resolution }: KindOutlook) => resolution.problems.length > 0;
  return {
    // Where it doesn't resolve as it is, that is what to tell, and not what pins of other kinds make of it.
    kinds: floating.map((one, i) => (isRefused(one) ? one : (pinned[i] ?? one))),
    pins,
    unpinned,
    lacking: once([...lackingIn(floating), ...lackingIn(pinned)]),
  };
}
