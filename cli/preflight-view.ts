import { withoutPins, type Pins } from '../src/domain/preflight/pins.js';
import type { KindReport, PreflightReport } from '../src/domain/preflight/plan-preflight.js';
import { documentDifference, type DocumentDifference } from '../src/domain/document-difference.js';
import type { RolloutPlan } from '../src/domain/rollout-plan.js';
import type { TargetFacts } from '../src/domain/target-facts.js';
import { isThing, shortTarget } from '../src/domain/target.js';
import { count, table } from './output.js';

const KINDS_SHOWN = 6;
const NO_DOCUMENT = { components: {} };

/** Who else deploys to these devices, and what. */
export const otherLines = ({ targetArn, preflight }: TargetFacts): string[] =>
  preflight.neighbours.map((other) => {
    const pins = Object.entries(other.document.components).map(
      ([name, { componentVersion }]) => `${name} ${componentVersion}`,
    );
    const devices = isThing(targetArn) ? '' : ` on ${count(other.things.length, 'thing')}`;
    return `${shortTarget(other.targetArn)}${devices}: ${pins.join(', ') || 'no component'} (deployment ${other.deploymentId})`;
  });

function change(version: string, from: string | null | undefined): string {
  if (from === undefined) return version;
  if (from === null) return `${version} is added`;
  return from === version ? `${version} stays` : `${from} -> ${version}`;
}

function kindLines({ platform, devices, comparedWith, others, components, removed }: KindReport) {
  const compared = comparedWith === undefined ? '' : `, compared with ${comparedWith}`;
  const along = others.length > 0 ? `, with ${others.join(', ')}` : '';
  const rows = [
    ...components.map((one) => [one.component, change(one.version, one.from), one.asks.join('; ')]),
    ...removed.map(({ component, version }) => [component, `${version} is removed`, '']),
  ];
  return [
    `${platform}: ${count(devices, 'device')}${along}${compared}`,
    ...table(['component', 'version', 'because'], rows).map((line) => `  ${line}`),
  ];
}

/** What devices of each kind get, dependencies included. */
export function closureLines({ kinds }: PreflightReport): string[] {
  const more = kinds.length - KINDS_SHOWN;
  return [
    ...kinds.slice(0, KINDS_SHOWN).flatMap(kindLines),
    ...(more > 0 ? [`and ${count(more, 'more kind')} of devices`] : []),
  ];
}

/** What the release document pins of what it needs, and what not. */
export const pinLines = ({ pins, pinsBefore, unpinned }: PreflightReport): string[] => [
  ...Object.entries(pins).map(([component, version]) =>
    pinsBefore[component] === undefined || pinsBefore[component] === version
      ? `${component} ${version}`
      : `${component} ${pinsBefore[component]} -> ${version}`,
  ),
  ...unpinned.map(({ component, reason }) => `${component} is not pinned: ${reason}`),
];

/** What a release changes on a device of the baseline, and what the way back sets on one of the release; pins are told apart. */
export function documentChanges({
  baseline,
  releaseDocument,
  revertDocument,
  preflight,
}: RolloutPlan): {
  changes: DocumentDifference;
  wayBack: DocumentDifference;
} {
  const { pins, pinsBefore } = preflight;
  const bare = (document: Parameters<typeof withoutPins>[0], of: Pins) =>
    withoutPins(document, of, { components: {} });
  const before = bare(baseline?.document ?? NO_DOCUMENT, pinsBefore);
  const then = bare(releaseDocument, pins);
  return {
    changes: documentDifference(before, then),
    wayBack: documentDifference(then, bare(revertDocument, pinsBefore)),
  };
}
