import * as z from 'zod';
import { DeploymentDocument } from './deployment-document.js';
import { DeviceFailure, Judgement } from './judge.js';
import { PlatformCount } from './platform-order.js';
import { RolloutEvidence } from './rollout-evidence.js';
import { RolloutFile } from './rollout-file.js';
import { Admission, ExecutionCounts, SkippedRank, Wave } from './wave.js';

/** Where a rollout is in its life. */
export const Phase = z.enum([
  'Planned',
  'Running',
  'Baking',
  'AwaitingApproval',
  'Paused',
  'Held',
  'RollingBack',
  'Promoting',
  'Promoted',
  'Aborted',
  'Superseded',
  'Failed',
]);
export type Phase = z.infer<typeof Phase>;

/** The revision of the target that a rollout starts from and goes back to. */
export const Baseline = z.strictObject({
  deploymentId: z.string(),
  revisionId: z.string(),
  document: DeploymentDocument,
});
export type Baseline = z.infer<typeof Baseline>;

/** What a person wants of a rollout; abort outweighs pause, pause approve. The newest of each is kept. */
export const Intent = z.strictObject({
  wants: z.enum(['abort', 'pause', 'resume', 'approve']),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});
export type Intent = z.infer<typeof Intent>;

/** What the table keeps of a rollout. Times that are computed with are epoch milliseconds, those that are only shown ISO. */
export const Rollout = z.strictObject({
  rolloutId: z.string(),
  name: z.string(),
  targetArn: z.string(),
  file: RolloutFile,
  phase: Phase,
  /** When it came into this phase: what a person says counts for the wait that it was said in. */
  phaseSince: z.string(),
  /** The last phase that an event has told. */
  announced: Phase.optional(),
  /** Index into `waves`; 0 is the canary. */
  wave: z.number(),
  waves: z.array(Wave),
  /** Devices with a rank, and those without: ineligible, and unhealthy or unheard of at planning. */
  ranked: z.number(),
  /** Of those with a rank. */
  platforms: z.array(PlatformCount),
  ineligible: z.number(),
  unheard: z.number(),
  /** None where the target had no deployment. */
  baseline: Baseline.optional(),
  releaseDocument: DeploymentDocument,
  revertDocument: DeploymentDocument,
  /** Dependencies that the release document pins, and those that a rollout before had pinned in the baseline; versions by component. */
  pins: z.record(z.string(), z.string()).optional(),
  pinsBefore: z.record(z.string(), z.string()).optional(),
  rolloutGroupName: z.string(),
  rolloutGroupArn: z.string().optional(),
  deploymentId: z.string().optional(),
  jobId: z.string().optional(),
  targetDeploymentId: z.string().optional(),
  targetJobId: z.string().optional(),
  /** When the target got the release. */
  targetPromotedAt: z.number().optional(),
  /** Ranks handed out, skipped ones included. */
  admitted: z.number(),
  skipped: z.array(SkippedRank),
  /** Ranks reserved for devices that are being admitted now: `from` included, `to` excluded, counted from 0. */
  admitting: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  /** Ranks still to be handed out whose devices had left the target when the current wave began. */
  left: z.array(SkippedRank),
  /** Those younger than the deadline. */
  admissions: z.array(Admission),
  /** When the current wave's last rank was handed out. */
  waveAdmittedAt: z.number().optional(),
  /** Devices that had answered when the current wave began: a wave needs an answer of its own. */
  answeredBefore: z.number(),
  bakeEndsAt: z.number().optional(),
  counts: ExecutionCounts,
  evidence: RolloutEvidence,
  /** Devices of the current wave beyond its planned size, while it extends for want of a decision. */
  extendedBy: z.number(),
  /** Waves that a person has approved. */
  approvedWaves: z.array(z.number()),
  /** The first 20. */
  failures: z.array(DeviceFailure),
  judgement: Judgement.optional(),
  /** How a rollout that is being ended ends, once what is left to be done is done. */
  endsAs: z.enum(['Promoted', 'Aborted', 'Superseded']).optional(),
  /** The execution that takes the release back. */
  rollbackExecutionArn: z.string().optional(),
  /** When the release was cancelled; epoch milliseconds. */
  canceledAt: z.number().optional(),
  /** The revision that takes the hit devices back, on the rollout group or, once it was promoted, on the target. */
  revertDeploymentId: z.string().optional(),
  revertJobId: z.string().optional(),
  revertedAt: z.number().optional(),
  /** Devices that got the release, those of them that are back on the baseline, and those that are not, by name. */
  hit: z.number(),
  returned: z.number(),
  stragglers: z.array(z.string()),
  startedAt: z.string(),
  /** When the last look was. */
  lookAt: z.number().optional(),
  endedAt: z.string().optional(),
  /** Once it has ended: since when nothing of it is left standing. ISO. */
  sweptAt: z.string().optional(),
  /** Why it ended, other than by being promoted. */
  endReason: z.string().optional(),
  executionArn: z.string().optional(),
  /** Counts writes: each is conditional on the one before. */
  version: z.number(),
});
export type Rollout = z.infer<typeof Rollout>;
