import * as z from 'zod';
import type asl from '../../statemachines/rollout.asl.json';
import { Outcome } from '../domain/outcome.js';
import { ROLLOUT_ID } from '../domain/rollout-id.js';
import { EnteredAt, LookOutput, Nothing, type TaskContract } from './workflow.js';

const rolloutId = z.string().regex(ROLLOUT_ID);

/** What an execution of the rollout machine is started with; anything else in it fails the execution. */
export const RolloutRequest = z.strictObject({
  rolloutId,
  /** As the person wrote it: the step checks it as the CLI does. */
  rollout: z.unknown(),
  startedBy: z.string().min(1),
});

export const PlanRolloutInput = z.strictObject({
  request: RolloutRequest,
  executionArn: z.string(),
  at: EnteredAt,
});
export type PlanRolloutInput = z.infer<typeof PlanRolloutInput>;
/** `isDirect`: the target is one thing, which needs no rollout group and no promotion. */
export const PlanRolloutOutput = z.strictObject({
  waves: z.number().int().positive(),
  isDirect: z.boolean(),
});
export type PlanRolloutOutput = z.infer<typeof PlanRolloutOutput>;

export const LockTargetInput = z.strictObject({
  rolloutId,
  executionArn: z.string(),
  at: EnteredAt,
});
export type LockTargetInput = z.infer<typeof LockTargetInput>;

/** Of each step that needs no more than the rollout and the time. */
export const StepInput = z.strictObject({ rolloutId, at: EnteredAt });
export type StepInput = z.infer<typeof StepInput>;

export const PromoteTargetOutput = z.strictObject({ lookSeconds: z.number().int().positive() });

export const RecordOutcomeInput = z.strictObject({ rolloutId, at: EnteredAt, outcome: Outcome });
export type RecordOutcomeInput = z.infer<typeof RecordOutcomeInput>;

/** The payloads of the `rollout` machine, by state. */
export const rolloutTasks = {
  PlanRollout: {
    input: PlanRolloutInput,
    output: PlanRolloutOutput,
    throws: [
      'ThrottledError',
      'InvalidRolloutError',
      'TargetLockedError',
      'NotDeployableError',
      'InvalidPayloadError',
    ],
  },
  LockTarget: {
    input: LockTargetInput,
    output: Nothing,
    throws: ['ThrottledError', 'TargetLockedError', 'InvalidPayloadError'],
  },
  DeployRelease: {
    input: StepInput,
    output: Nothing,
    throws: ['ThrottledError', 'QuotaExceededError', 'ForeignChangeError', 'InvalidPayloadError'],
  },
  PromoteTarget: {
    input: StepInput,
    output: PromoteTargetOutput,
    throws: ['ThrottledError', 'QuotaExceededError', 'ForeignChangeError', 'InvalidPayloadError'],
  },
  AssessTarget: {
    input: StepInput,
    output: LookOutput,
    throws: ['ThrottledError', 'ForeignChangeError', 'InvalidPayloadError'],
  },
  CleanUp: { input: StepInput, output: Nothing, throws: ['ThrottledError', 'InvalidPayloadError'] },
  RecordOutcome: {
    input: RecordOutcomeInput,
    output: Nothing,
    throws: ['ThrottledError', 'InvalidPayloadError'],
  },
} as const satisfies Partial<Record<keyof typeof asl.States, TaskContract>>;
