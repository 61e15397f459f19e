import * as z from 'zod';
import type asl from '../../statemachines/release.asl.json';
import { ReleaseOutcome } from '../domain/release/release-outcome.js';
import { ReleaseId, ReleaseRequest } from '../domain/release/release-request.js';
import { EnteredAt, Nothing, type TaskContract } from './workflow.js';

export const ReadReleaseInput = z.strictObject({
  request: ReleaseRequest,
  executionArn: z.string(),
  at: EnteredAt,
});
export type ReadReleaseInput = z.infer<typeof ReadReleaseInput>;

/** Of the steps that make something of the release: the execution tells region and account. */
export const ReleaseStepInput = z.strictObject({
  releaseId: ReleaseId,
  executionArn: z.string(),
  at: EnteredAt,
});
export type ReleaseStepInput = z.infer<typeof ReleaseStepInput>;

export const CheckComponentInput = z.strictObject({ releaseId: ReleaseId, at: EnteredAt });
export type CheckComponentInput = z.infer<typeof CheckComponentInput>;
export const CheckComponentOutput = z.strictObject({ isDeployable: z.boolean() });
export type CheckComponentOutput = z.infer<typeof CheckComponentOutput>;

/** `reason`: in one sentence, what has been put into the line and what not. */
export const QueueRolloutsOutput = z.strictObject({ reason: z.string() });
export type QueueRolloutsOutput = z.infer<typeof QueueRolloutsOutput>;

/** `told`: what was told of the places when they were put into the line. */
export const PreflightInput = z.strictObject({
  releaseId: ReleaseId,
  told: z.string(),
  at: EnteredAt,
});
export type PreflightInput = z.infer<typeof PreflightInput>;

/** Of the line it needs no more than the time: a rule and a schedule start it too. */
export const StartQueuedInput = z.strictObject({ at: EnteredAt });
export type StartQueuedInput = z.infer<typeof StartQueuedInput>;
export const StartQueuedOutput = z.strictObject({
  started: z.array(z.string()),
  waiting: z.number(),
});
export type StartQueuedOutput = z.infer<typeof StartQueuedOutput>;

export const RecordReleaseInput = z.strictObject({
  releaseId: ReleaseId,
  outcome: ReleaseOutcome,
  at: EnteredAt,
});
export type RecordReleaseInput = z.infer<typeof RecordReleaseInput>;

/** The payloads of the `release` machine, by state. */
export const releaseTasks = {
  ReadRelease: {
    input: ReadReleaseInput,
    output: Nothing,
    throws: ['ThrottledError', 'InvalidReleaseError', 'InvalidPayloadError'],
  },
  CreateComponent: {
    input: ReleaseStepInput,
    output: Nothing,
    throws: ['ThrottledError', 'QuotaExceededError', 'InvalidReleaseError', 'InvalidPayloadError'],
  },
  CheckComponent: {
    input: CheckComponentInput,
    output: CheckComponentOutput,
    throws: ['ThrottledError', 'NotDeployableError', 'InvalidPayloadError'],
  },
  QueueRollouts: {
    input: ReleaseStepInput,
    output: QueueRolloutsOutput,
    throws: ['ThrottledError', 'InvalidReleaseError', 'InvalidPayloadError'],
  },
  Preflight: {
    input: PreflightInput,
    output: QueueRolloutsOutput,
    throws: ['ThrottledError', 'InvalidPayloadError'],
  },
  StartQueued: {
    input: StartQueuedInput,
    output: StartQueuedOutput,
    throws: ['ThrottledError', 'InvalidPayloadError'],
  },
  RecordRelease: {
    input: RecordReleaseInput,
    output: Nothing,
    throws: ['ThrottledError', 'InvalidPayloadError'],
  },
} as const satisfies Partial<Record<keyof typeof asl.States, TaskContract>>;
