import type { AuditEvent } from './audit-event.js';
import { approvedSince, saidBy, wantedOf } from './control.js';
import type { Wanted } from './control.js';
import { shownFailures } from './failing-devices.js';
import { judgeWave } from './judge.js';
import type { JudgedWave, Judgement, WaveObservation } from './judge.js';
import { judgeThing } from './judge-thing.js';
import type { Intent, Phase, Rollout } from './rollout.js';
import { isThing } from './target.js';
import { currentWave, waveSize, youngAdmissions } from './wave.js';

/** What becomes of a judgement once people have had their say. */
interface Decision {
  readonly phase: Phase;
  readonly verdict: Judgement['verdict'];
  readonly reason: string;
  /** The current wave has been approved. */
  readonly isApproved?: true;
  /** Failures that say nothing of the release have been. */
  readonly acceptsApart?: true;
}

/** The approval of the current wave: given in the wait that the rollout is in, if it is one of these, or counted by an earlier look. */
function approvalOf(rollout: Rollout, wanted: Wanted, waits: readonly Phase[]): Intent | undefined {
  if (rollout.approvedWaves.includes(rollout.wave)) return wanted.approve;
  return waits.includes(rollout.phase) ? approvedSince(wanted, rollout.phaseSince) : undefined;
}

const approved = ({ phase }: Rollout, intent: Intent, reason: string): Decision => ({
  phase,
  verdict: 'Promote',
  reason: `approved ${saidBy(intent)}; ${reason}`,
  isApproved: true,
});

/** A wave that has passed goes on at once, or once a person approves. */
function afterPass(rollout: Rollout, reason: string, approval: Intent | undefined): Decision {
  const { approval: isAsked, name } = currentWave(rollout);
  if (!isAsked) return { phase: 'Baking', verdict: 'Promote', reason };
  return approval
    ? approved(rollout, approval, reason)
    : {
        phase: 'AwaitingApproval',
        verdict: 'Continue',
        reason: `wave ${name} awaits approval: ${reason}`,
      };
}

/** A wave that can't be decided waits for a person, or goes where the strategy says; missing data always waits. */
function afterHold(
  rollout: Rollout,
  { judgement: { reason }, isMeasured, isApart, bakeEndsAt }: JudgedWave,
  approval: Intent | undefined,
): Decision {
  if (approval && isApart)
    return {
      phase: bakeEndsAt === undefined ? 'Running' : 'Baking',
      verdict: 'Continue',
      reason: `accepted ${saidBy(approval)}; ${reason}`,
      acceptsApart: true,
    };
  if (approval) return approved(rollout, approval, reason);
  const { onHold } = rollout.file.strategy;
  if (isMeasured && onHold === 'abort')
    return { phase: rollout.phase, verdict: 'Abort', reason: `onHold is abort: ${reason}` };
  if (isMeasured && onHold === 'promote')
    return afterPass(rollout, `onHold is promote: ${reason}`, approval);
  return { phase: 'Held', verdict: 'Hold', reason };
}

/** An operator's abort outweighs the evidence's, that a pause, and a pause an approval. */
function decisionOf(rollout: Rollout, judged: JudgedWave, wanted: Wanted): Decision {
  const { verdict, reason } = judged.judgement;
  const { phase } = rollout;
  if (wanted.abort)
    return { phase, verdict: 'Abort', reason: `aborted ${saidBy(wanted.abort)}; ${reason}` };
  if (verdict === 'Abort') return { phase, verdict, reason };
  if (wanted.pause)
    return {
      phase: 'Paused',
      verdict: 'Continue',
      reason: `paused ${saidBy(wanted.pause)}; ${reason}`,
    };
  // Who approves a wave that has passed hasn't approved what it looks like once it is undecided; the reverse holds.
  if (verdict === 'Hold') return afterHold(rollout, judged, approvalOf(rollout, wanted, ['Held']));
  if (verdict === 'Promote')
    return afterPass(rollout, reason, approvalOf(rollout, wanted, ['AwaitingApproval', 'Held']));
  return { phase: judged.bakeEndsAt === undefined ? 'Running' : 'Baking', verdict, reason };
}

/** The bake and the size of the wave; a wave that a person pauses or aborts doesn't extend now. */
function bakeOf(rollout: Rollout, judged: JudgedWave, { phase, verdict }: Decision) {
  const isExtended = judged.extendedBy !== undefined;
  if (isExtended && verdict === 'Continue' && phase === 'Running')
    return { extendedBy: judged.extendedBy };
  const bakeEndsAt = isExtended ? rollout.bakeEndsAt : judged.bakeEndsAt;
  return bakeEndsAt === undefined ? {} : { bakeEndsAt };
}

/**
 * The rollout after a look, `at` the same time as the observation's. The same look again gives the same phase: what was counted
 * once (an approval, an extension) is kept and isn't counted again.
 */
export function afterLook(
  rollout: Rollout,
  observation: WaveObservation,
  intents: readonly Intent[],
  at: string,
): Rollout & { judgement: Judgement } {
  const judge = isThing(rollout.targetArn) ? judgeThing : judgeWave;
  const judged = judge(rollout, observation);
  const decision = decisionOf(rollout, judged, wantedOf(intents));
  const { phase, verdict, reason, isApproved, acceptsApart } = decision;
  const isCounted = !isApproved || rollout.approvedWaves.includes(rollout.wave);
  const { bakeEndsAt: _bake, ...kept } = rollout;
  return {
    ...kept,
    ...bakeOf(rollout, judged, decision),
    phase,
    phaseSince: phase === rollout.phase ? rollout.phaseSince : at,
    ...(acceptsApart && {
      evidence: { ...rollout.evidence, acceptedApart: rollout.evidence.apart.length },
    }),
    approvedWaves: isCounted ? rollout.approvedWaves : [...rollout.approvedWaves, rollout.wave],
    counts: observation.counts,
    failures: shownFailures(observation.failures),
    judgement: { ...judged.judgement, verdict, reason },
    lookAt: observation.at,
    admissions: youngAdmissions(rollout, observation.at),
  };
}

/** Whether a look changed anything that a person would want to read of: a verdict, another failure, a phase, an extension. */
export const isNews = (before: Rollout, after: Rollout): boolean =>
  after.judgement?.verdict !== before.judgement?.verdict ||
  after.judgement?.numbers.failed !== before.judgement?.numbers.failed ||
  after.evidence.apart.length !== before.evidence.apart.length ||
  after.phase !== before.phase ||
  after.extendedBy !== before.extendedBy;

/** What a person reads of a look, and who decided: whoever the intent is from that did, else the rollout itself. */
export function lookNews(
  after: Rollout & { judgement: Judgement },
  intents: readonly Intent[],
): Pick<AuditEvent, 'actor' | 'what' | 'why' | 'alternatives' | 'wouldChange'> {
  const { verdict, reason, alternatives, wouldChange } = after.judgement;
  const { abort, pause, approve } = wantedOf(intents);
  const isApproved = verdict === 'Promote' && after.approvedWaves.includes(after.wave);
  const decider = abort ?? (after.phase === 'Paused' ? pause : isApproved ? approve : undefined);
  const isWaiting = verdict === 'Continue' && isWaitingForPerson(after);
  return {
    actor: decider?.by ?? 'rollout',
    what: `${isWaiting ? after.phase : verdict} in wave ${currentWave(after).name}`,
    why: reason,
    alternatives,
    wouldChange,
  };
}

/** Whether what ends the rollout's phase is a person. */
export const isWaitingForPerson = ({ phase }: Pick<Rollout, 'phase'>): boolean =>
  phase === 'AwaitingApproval' || phase === 'Paused' || phase === 'Held';

/** Where the wave's machine goes after a look, if it goes on: where a person is waited for, nobody is admitted. */
export function nextState(rollout: Rollout): 'AdmitWave' | 'AwaitLook' | 'AwaitPerson' {
  if (isWaitingForPerson(rollout)) return 'AwaitPerson';
  return rollout.admitting || rollout.admitted < waveSize(rollout) ? 'AdmitWave' : 'AwaitLook';
}
