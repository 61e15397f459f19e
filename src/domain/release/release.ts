import * as z from 'zod';
import { InvalidPayloadError } from '../errors.js';
import { JsonObject } from '../json-pointer.js';
import { ReleaseOrigin, type ReleaseRequest } from './release-request.js';

/** Where a release is in its life. */
export const ReleasePhase = z.enum(['Reading', 'Creating', 'Waiting', 'Released', 'Failed']);
export type ReleasePhase = z.infer<typeof ReleasePhase>;

/** What makes the component version: a recipe, a Lambda function, or somebody else who has made it already. */
export const ComponentSource = z.union([
  z.strictObject({ madeArn: z.string() }),
  z.strictObject({ recipe: z.string() }),
  z.strictObject({
    lambda: z.strictObject({
      arn: z.string(),
      platforms: z.array(z.record(z.string(), z.unknown())).optional(),
      dependencies: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
      parameters: JsonObject.optional(),
    }),
  }),
]);
export type ComponentSource = z.infer<typeof ComponentSource>;

/** What a release file has come to once it is read. */
export const ReleaseContent = z.strictObject({
  component: z.string(),
  version: z.string(),
  source: ComponentSource,
  configuration: z.strictObject({
    merge: JsonObject.optional(),
    reset: z.array(z.string()).optional(),
  }),
  /** As written; left out where the policies say them. */
  targets: z.array(z.string()).optional(),
});
export type ReleaseContent = z.infer<typeof ReleaseContent>;

/** What the table keeps of a release. */
export const ReleaseRecord = z.strictObject({
  releaseId: z.string(),
  startedBy: z.string(),
  startedAt: z.string(),
  origin: ReleaseOrigin,
  phase: ReleasePhase,
  content: ReleaseContent.optional(),
  componentArn: z.string().optional(),
  /** When the component version was asked for. */
  createdAt: z.string().optional(),
  /** In one sentence: why it has failed, or what has come of it. */
  reason: z.string(),
  endedAt: z.string().optional(),
  executionArn: z.string(),
  /** Counts writes: each is conditional on the one before. */
  writes: z.number(),
});
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;

/** Whether a release is still being worked on. */
export const isUnderWay = ({ phase }: Pick<ReleaseRecord, 'phase'>): boolean =>
  phase !== 'Released' && phase !== 'Failed';

/** A release that nothing has been read of yet. */
export const newRelease = (
  { releaseId, startedBy, origin }: ReleaseRequest,
  executionArn: string,
  at: string,
): ReleaseRecord => ({
  releaseId,
  startedBy,
  startedAt: at,
  origin,
  phase: 'Reading',
  reason: 'its release file is being read',
  executionArn,
  writes: 0,
});

/** What has been read of a release. Throws InvalidPayloadError where that has not happened. */
export function contentOf({ releaseId, content }: ReleaseRecord): ReleaseContent {
  if (content) return content;
  throw new InvalidPayloadError(`release ${releaseId} has not been read`);
}
