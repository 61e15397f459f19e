import { revertDocument, type DeploymentDocument } from '../deployment-document.js';
import { documentDifference } from '../document-difference.js';
import { InvalidPayloadError } from '../errors.js';
import type { RolloutFile } from '../rollout-file.js';
import type { TargetFacts } from '../target-facts.js';
import { shortTarget } from '../target.js';
import { askText, componentsFirst } from './clash.js';
import { configurationWarnings } from './configuration-check.js';
import { nucleusName } from './device-kind.js';
import { platformText } from './device-kinds.js';
import { sizeFindings } from './document-size.js';
import { withPins, type Pins, type Unpinned } from './pins.js';
import { outlook, scopeOf, type KindOutlook, type Outlook } from './preflight.js';
import { findings } from './problem-text.js';

/** A component as devices of a kind get it. */
export interface ComponentOutlook {
  readonly component: string;
  readonly version: string;
  /** What the first such device of the canary has now: null where it has none, undefined where none was asked. */
  readonly from?: string | null | undefined;
  /** Who asks for it, a line each. */
  readonly asks: readonly string[];
}

/** What devices of one kind get. */
export interface KindReport {
  readonly platform: string;
  readonly devices: number;
  /** The device whose installed components these are compared with. */
  readonly comparedWith?: string | undefined;
  /** The other targets of these devices. */
  readonly others: readonly string[];
  readonly components: readonly ComponentOutlook[];
  /** What that device has, and nothing asks for any more. */
  readonly removed: readonly { readonly component: string; readonly version: string }[];
}

/** What a release makes of a target's devices, for people to read and for the next plan. */
export interface PreflightReport {
  readonly kinds: readonly KindReport[];
  readonly pins: Pins;
  readonly pinsBefore: Pins;
  readonly unpinned: readonly Unpinned[];
}

function kindReport({ kind, resolution }: KindOutlook): KindReport {
  const { platform, things, neighbours, installed } = kind;
  const [compared] = installed;
  const nucleus = nucleusName(platform);
  const components = [...resolution.chosen].map(([component, { version }]) => ({
    component,
    version,
    ...(compared && { from: compared.components[component] ?? null }),
    asks: componentsFirst(resolution.asks.get(component) ?? []).map((ask) =>
      askText(component, ask),
    ),
  }));
  return {
    platform: platformText(platform),
    devices: things.length,
    ...(compared && { comparedWith: compared.thing }),
    others: neighbours.map(({ targetArn }) => shortTarget(targetArn)),
    components: components.sort((a, b) => (a.component < b.component ? -1 : 1)),
    removed: Object.entries(compared?.components ?? {})
      .filter(([name]) => name !== nucleus && !resolution.asks.has(name))
      .map(([component, version]) => ({ component, version })),
  };
}

/** Components that leave the devices: those that the release takes out and nothing else asks for. */
const uninstallsOf = (
  baseline: DeploymentDocument,
  released: DeploymentDocument,
  { kinds }: Outlook,
): string[] =>
  documentDifference(baseline, released)
    .removed.map(({ component }) => component)
    .filter((name) => kinds.every(({ resolution }) => !resolution.asks.has(name)));

const unreadWarning = (unread: number) =>
  unread === 0
    ? []
    : [
        `${unread} more devices have a deployment of their own, which has not been read: only the canary's are`,
      ];

/**
 * Finds out whether devices could take a release, and makes its documents: the release document pins what it depends on, so that every
 * wave gets what the canary got; the revert document is the baseline's, so it takes the pins back out.
 */
export function preflight(
  file: RolloutFile,
  facts: Pick<TargetFacts, 'targetArn' | 'coreDevices' | 'revisions' | 'preflight'>,
  baseline: DeploymentDocument,
) {
  const { release } = file;
  const { catalogue, pins: pinsBefore, unread } = facts.preflight;
  const { targetArn } = facts;
  const revisions = facts.revisions.map(({ document }) => document);
  const scope = scopeOf(facts, release, pinsBefore);
  const seen = outlook(scope, facts.preflight);
  const [lacking] = seen.lacking;
  if (lacking) throw new InvalidPayloadError(`preflight: ${lacking.component} has not been read`);
  const released = withPins(scope.document, seen.pins);
  const revert = revertDocument(baseline, release, revisions);
  const found = findings(seen, release, catalogue);
  const sizes = sizeFindings(targetArn, { baseline, release: released, revert });
  const { added, updated, removed, configured } = documentDifference(scope.before, scope.document);
  const report: PreflightReport = {
    kinds: seen.kinds.map(kindReport),
    pins: seen.pins,
    pinsBefore,
    unpinned: seen.unpinned,
  };
  return {
    releaseDocument: released,
    revertDocument: revert,
    changes: [added, updated, removed, configured].some((list) => list.length > 0),
    uninstalls: uninstallsOf(baseline, released, seen),
    invalid: [...found.invalid.map((line) => `release: ${line}`), ...sizes.invalid],
    notDeployable: found.notDeployable.map((line) => `release: ${line}`),
    warnings: [
      ...found.warnings,
      ...configurationWarnings(release, revisions, catalogue),
      ...sizes.warnings,
      ...unreadWarning(unread),
    ],
    report,
  };
}
