import { admissionOrder } from './admission-order.js';
import type { Member } from './admission-order.js';
import type { DeploymentDocument } from './deployment-document.js';
import { InvalidRolloutError, NotDeployableError, TargetLockedError } from './errors.js';
import { membershipOf } from './membership.js';
import type { Unranked } from './membership.js';
import { baselineProblems, deployableProblems, lockProblems, removalProblems } from './refusals.js';
import type { Baseline } from './rollout.js';
import type { RolloutFile } from './rollout-file.js';
import { memberProblems, sizeProblems } from './plan-refusals.js';
import { groupWarnings, neverSet } from './plan-warnings.js';
import { isThing, targetOf } from './target.js';
import { conflictProblems, thingMembership, thingProblems, thingWarnings } from './thing-plan.js';
import { preflight, type PreflightReport } from './preflight/plan-preflight.js';
import type { TargetFacts } from './target-facts.js';
import { waveSizes } from './wave.js';
import type { Wave } from './wave.js';

/** What a rollout is going to do, and what it can't promise. */
export interface RolloutPlan {
  /** Devices with a rank, in the order of admission. */
  readonly order: Member[];
  readonly ineligible: Unranked[];
  /** UNHEALTHY or unheard of: last, without a rank. */
  readonly unheard: Unranked[];
  readonly notCoreDevices: string[];
  readonly waves: Wave[];
  /** None where the target has no deployment. */
  readonly baseline: Baseline | undefined;
  readonly releaseDocument: DeploymentDocument;
  readonly revertDocument: DeploymentDocument;
  /** Components that the release takes off the devices. */
  readonly uninstalls: string[];
  readonly warnings: string[];
  /** What each kind of devices gets, and what of it is pinned. */
  readonly preflight: PreflightReport;
  readonly estimate: {
    /** Registry calls to admit every device. */
    readonly admissionCalls: number;
    /** Control-plane calls of one look, whatever the size of the fleet. */
    readonly callsPerLook: number;
    /** All bakes, one after the other: it can't be faster. */
    readonly minimumSeconds: number;
  };
}

const callsPerLook = {
  // DescribeJob, ListJobExecutionsForJob for FAILED, REJECTED and TIMED_OUT, ListCoreDevices, GetDeployment of baseline and rollout.
  thinggroup: 7,
  // ListDeployments and GetDeployment of the thing, ListEffectiveDeployments, GetCoreDevice, ListInstalledComponents.
  thing: 5,
};

/** What a target without a deployment has. */
const empty: DeploymentDocument = { components: {} };

const NOTHING_CHANGES =
  'release.components: the release changes nothing: the target has these versions and this configuration already; name a component version or a configuration that is new';

/** All problems at once; the error is the one whose cause a person has to remove first. */
function refusalOf(
  fileName: string,
  invalid: string[],
  notDeployable: string[],
  locked: string[],
): Error | undefined {
  const problems = [...invalid, ...notDeployable, ...locked];
  const message = problems.map((problem) => `${fileName}: ${problem}`).join('\n');
  if (invalid.length > 0) return new InvalidRolloutError(message);
  if (notDeployable.length > 0) return new NotDeployableError(message);
  return locked.length > 0 ? new TargetLockedError(message) : undefined;
}

/** What a plan would refuse a release with, of all reasons only what the target's devices could not take. */
export function preflightRefusal(file: RolloutFile, facts: TargetFacts): Error | undefined {
  const { invalid, notDeployable } = preflight(
    file,
    facts,
    facts.revisions.at(-1)?.document ?? empty,
  );
  return refusalOf('rollout', invalid, notDeployable, []);
}

const nouns = { thinggroup: 'thing group', thing: 'thing' };

/** What differs by the kind of target: who is admitted, what refuses the plan, what a person is to know. */
function byKind(file: RolloutFile, facts: TargetFacts) {
  const { target } = file;
  const { revisions, preflight } = facts;
  if (isThing(target)) {
    const { members, silence } = thingMembership(facts);
    return {
      members,
      problems: () => [
        ...thingProblems(target, members),
        ...conflictProblems({ file, revisions, others: preflight.neighbours }),
      ],
      warnings: () => thingWarnings(revisions.at(-1), silence),
    };
  }
  const members = membershipOf(facts);
  return {
    members,
    problems: () => [
      ...memberProblems(target, members),
      ...sizeProblems(file, members.ranked.length),
    ],
    warnings: (order: readonly Member[], waves: readonly Wave[]) =>
      groupWarnings({ file, members, order, waves }),
  };
}

/**
 * Decides what a rollout is going to do. Throws, with a line for every problem there is, an InvalidRolloutError, or where the file
 * itself is right a NotDeployableError, or where only other rollouts are in the way a TargetLockedError that names them.
 * `fileName` is what the lines call the file.
 */
export function planRollout(
  rolloutId: string,
  file: RolloutFile,
  facts: TargetFacts,
  fileName = 'rollout',
): RolloutPlan {
  const { target, strategy } = file;
  const { kind } = targetOf(target);
  // A full ARN may name a target of the same name in another account or Region.
  if (!facts.exists || (target.startsWith('arn:') && target !== facts.targetArn))
    throw new InvalidRolloutError(
      `${fileName}: target: ${target} does not exist; name a ${nouns[kind]} of this account and Region`,
    );
  const latest = facts.revisions.at(-1);
  const baseline = latest?.document ?? empty;
  const { members, problems, warnings } = byKind(file, facts);
  const flight = preflight(file, facts, baseline);
  const removals = removalProblems(file, baseline);
  const refusal = refusalOf(
    fileName,
    [
      ...problems(),
      ...baselineProblems(target, latest),
      ...removals,
      ...(removals.length > 0 || flight.changes ? [] : [NOTHING_CHANGES]),
      ...flight.invalid,
    ],
    [...deployableProblems(file, facts.components), ...flight.notDeployable],
    lockProblems(target, facts.openRollouts),
  );
  if (refusal) throw refusal;
  const revisions = facts.revisions.map(({ document }) => document);
  const order = admissionOrder(rolloutId, members.ranked);
  const waves = waveSizes(strategy, order.length);
  return {
    order,
    ineligible: [...members.ineligible],
    unheard: [...members.unheard],
    notCoreDevices: [...members.notCoreDevices],
    waves,
    baseline: latest && {
      deploymentId: latest.deploymentId,
      revisionId: latest.revisionId,
      document: latest.document,
    },
    releaseDocument: flight.releaseDocument,
    revertDocument: flight.revertDocument,
    uninstalls: flight.uninstalls,
    warnings: [...neverSet(file, revisions), ...warnings(order, waves), ...flight.warnings],
    preflight: flight.report,
    estimate: {
      admissionCalls: order.length,
      callsPerLook: callsPerLook[kind],
      minimumSeconds: waves.reduce((sum, { bakeSeconds }) => sum + bakeSeconds, 0),
    },
  };
}
