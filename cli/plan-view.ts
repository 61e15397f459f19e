import type { DocumentDifference } from '../src/domain/document-difference.js';
import { platformCounts } from '../src/domain/platform-order.js';
import type { RolloutFile } from '../src/domain/rollout-file.js';
import type { RolloutPlan } from '../src/domain/rollout-plan.js';
import { strategyPower } from '../src/domain/strategy-power.js';
import type { TargetFacts } from '../src/domain/target-facts.js';
import { isThing } from '../src/domain/target.js';
import { count, paint, spell, table } from './output.js';
import { powerLines } from './power-view.js';
import type { Paint } from './output.js';
import { closureLines, documentChanges, otherLines, pinLines } from './preflight-view.js';

export interface PlanShown {
  readonly file: RolloutFile;
  readonly plan: RolloutPlan;
  readonly facts: TargetFacts;
}

const NAMES_SHOWN = 8;

const names = (things: readonly string[]) => {
  const more = things.length - NAMES_SHOWN;
  return [...things.slice(0, NAMES_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
};

/** What the plan's strategy is for. */
const fleetOf = ({ waves, order }: RolloutPlan) => ({
  waves,
  platforms: platformCounts(order).length,
});

const section = (title: string, lines: readonly string[], colour: Paint) =>
  lines.length > 0 ? ['', colour('bold', title), ...lines.map((line) => `  ${line}`)] : [];

function differenceLines({ added, updated, removed, configured }: DocumentDifference): string[] {
  return [
    ...added.map(({ component, version }) => `${component}: ${version} is installed`),
    ...updated.map(({ component, from, to }) => `${component}: ${from} -> ${to}`),
    ...removed.map(({ component, version }) => `${component}: ${version} is uninstalled`),
    ...configured.flatMap(({ component, merge, reset }) => [
      ...(reset.length > 0 ? [`${component}: resets ${reset.join(', ')}`] : []),
      ...(Object.keys(merge).length > 0 ? [`${component}: merges ${JSON.stringify(merge)}`] : []),
    ]),
  ];
}

function memberLine(plan: RolloutPlan, { targetArn, members }: TargetFacts): string {
  if (isThing(targetArn)) return `Device: ${plan.order.map(({ platform }) => platform).join()}`;
  return `Members: ${count(members.length, 'thing')}: ${plan.order.length} in waves, ${plan.unheard.length} last, ${plan.ineligible.length} ineligible, ${plan.notCoreDevices.length} left out`;
}

function baselineLine({ baseline }: RolloutPlan, { targetArn }: TargetFacts): string {
  if (baseline)
    return `Baseline: deployment ${baseline.deploymentId}, revision ${baseline.revisionId}`;
  return isThing(targetArn)
    ? 'Baseline: none, the thing has no deployment of its own'
    : 'Baseline: none, the target has no deployment yet; an empty one comes first';
}

function effortLine({ estimate }: RolloutPlan, { targetArn }: TargetFacts): string {
  const admission = isThing(targetArn)
    ? ''
    : `${count(estimate.admissionCalls, 'call')} to admit the devices and `;
  return `It takes ${spell(estimate.minimumSeconds)} at least, ${admission}${count(estimate.callsPerLook, 'call')} per look.`;
}

function waveLines({ waves }: RolloutPlan): string[] {
  const rows = waves.map(({ name, size, bakeSeconds }, i) => [
    name,
    size,
    size - (waves[i - 1]?.size ?? 0),
    spell(bakeSeconds),
  ]);
  return table(['wave', 'devices', 'of them new', 'bake'], rows);
}

function unrankedLines(devices: readonly { thing: string; reason: string }[]): string[] {
  const reasons = [...new Set(devices.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const things = devices.filter((one) => one.reason === reason).map(({ thing }) => thing);
    return `${count(things.length, 'device')}: ${reason}: ${names(things)}`;
  });
}

/** A plan as a person reads it. */
export function planLines({ file, plan, facts }: PlanShown, hasColour: boolean): string[] {
  const colour = paint(hasColour);
  const { changes, wayBack } = documentChanges(plan);
  const isDirect = isThing(facts.targetArn);
  return [
    `${colour('bold', file.name)} on ${facts.targetArn}`,
    '',
    memberLine(plan, facts),
    baselineLine(plan, facts),
    ...section(
      isDirect ? 'By its groups it also gets' : 'Others deploy to these devices too',
      otherLines(facts),
      colour,
    ),
    ...section(
      'Waves',
      [...waveLines(plan), ...(isDirect ? [] : ['then the target itself'])],
      colour,
    ),
    ...section(
      'A release that fails on this share of the devices',
      isDirect ? [] : powerLines(file, fleetOf(plan)),
      colour,
    ),
    ...section('The release', differenceLines(changes), colour),
    ...section('What devices get', closureLines(plan.preflight), colour),
    ...section('Dependencies, pinned for the rollout', pinLines(plan.preflight), colour),
    ...section('The way back would set', differenceLines(wayBack), colour),
    ...section('Uninstalled', plan.uninstalls, colour),
    ...section('Last, without a rank', unrankedLines(plan.unheard), colour),
    ...section('Ineligible, reached only at the end', unrankedLines(plan.ineligible), colour),
    ...section(
      'Left out: no core devices',
      plan.notCoreDevices.length > 0 ? [names(plan.notCoreDevices)] : [],
      colour,
    ),
    ...section('To know', plan.warnings, colour),
    '',
    effortLine(plan, facts),
    'Nothing has been changed.',
  ];
}

/** The same for programs. */
export function planObject({ file, plan, facts }: PlanShown): object {
  const { changes, wayBack } = documentChanges(plan);
  return {
    name: file.name,
    target: facts.targetArn,
    members: facts.members.length,
    ranked: plan.order.length,
    waves: plan.waves,
    power: isThing(facts.targetArn) ? [] : strategyPower(file.strategy, fleetOf(plan)),
    unheard: plan.unheard,
    ineligible: plan.ineligible,
    notCoreDevices: plan.notCoreDevices,
    baseline: plan.baseline ?? null,
    others: facts.preflight.neighbours,
    preflight: plan.preflight,
    releaseDocument: plan.releaseDocument,
    revertDocument: plan.revertDocument,
    changes,
    wayBack,
    uninstalls: plan.uninstalls,
    warnings: plan.warnings,
    estimate: plan.estimate,
  };
}
