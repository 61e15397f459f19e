import * as z from 'zod';
import { LEFT } from './admission.js';
import { Judgement } from './judge.js';
import { SignalEvidence } from './signal-evidence.js';
import { Outlook } from './verdict-outlook.js';
import { Phase } from './rollout.js';
import type { Rollout } from './rollout.js';
import { admittedDevices, waveNumbers } from './wave.js';

/** What `status --json` prints. */
export const RolloutStatus = z.strictObject({
  id: z.string(),
  name: z.string(),
  target: z.string(),
  phase: Phase,
  /** 0 is the canary. */
  wave: z.number(),
  admitted: z.number(),
  reached: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  /** In flight. */
  pending: z.number(),
  /** QUEUED past the deadline. */
  queued: z.number(),
  ineligible: z.number(),
  /** Devices that got the release and aren't back on the baseline. */
  stragglers: z.number(),
  /** Failed, but with a failure that says nothing of the release. */
  apart: z.number(),
  verdict: Judgement.shape.verdict.nullable(),
  reason: z.string().nullable(),
  /** The evidence of the signal that is closest to an abort. */
  evidence: SignalEvidence.nullable(),
  ...Outlook.shape,
});
export type RolloutStatus = z.infer<typeof RolloutStatus>;

/** What the last look decided; a rollout that has ended says why. */
function judgedOf({ judgement, endReason }: Rollout) {
  if (!judgement) {
    const reason = endReason ?? null;
    return { verdict: null, reason, evidence: null, alternatives: [], wouldChange: [] };
  }
  const { verdict, evidence, alternatives, wouldChange, failureRate } = judgement;
  return {
    verdict,
    reason: endReason ?? judgement.reason,
    evidence: evidence ?? null,
    alternatives,
    wouldChange,
    ...(failureRate && { failureRate }),
  };
}

/** The rollout as its last look left it; what was admitted since is pending. */
export function statusOf(rollout: Rollout): RolloutStatus {
  const lastAdmission = rollout.admissions.at(-1)?.at ?? 0;
  const at = Math.max(rollout.lookAt ?? 0, lastAdmission);
  const numbers = waveNumbers(rollout, rollout.counts, at);
  return {
    id: rollout.rolloutId,
    name: rollout.name,
    target: rollout.file.target,
    phase: rollout.phase,
    wave: rollout.wave,
    admitted: admittedDevices(rollout),
    reached: numbers.reached,
    succeeded: numbers.succeeded,
    failed: Math.max(numbers.failed, rollout.judgement?.numbers.failed ?? 0),
    pending: numbers.pending,
    queued: numbers.queued,
    ineligible: rollout.ineligible + rollout.skipped.filter(({ reason }) => reason !== LEFT).length,
    stragglers: rollout.stragglers.length,
    apart: rollout.evidence.apart.length,
    ...judgedOf(rollout),
  };
}
