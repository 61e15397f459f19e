import { createHash } from 'node:crypto';
import * as z from 'zod';

/** The name that a release's id and its execution have. */
export const ReleaseId = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,79}$/);

/** `owner/name`, as GitHub has it. */
export const Repository = z.string().regex(/^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/);

/** A release of a repository: its release file is at the tag, or among the assets. */
export const RepositoryOrigin = z.strictObject({
  kind: z.literal('repository'),
  /** The webhook's source: it names the parameters that say how its repositories are read. */
  source: z.string(),
  repository: Repository,
  tag: z.string().min(1).max(255),
  /** Files of the release that a release file or a recipe could be. */
  assets: z.array(z.strictObject({ id: z.number(), name: z.string() })).max(100),
});
export type RepositoryOrigin = z.infer<typeof RepositoryOrigin>;

/** A release file that whoever asks for the release has sent along, its recipe inline. */
export const FileOrigin = z.strictObject({
  kind: z.literal('file'),
  /** As it was written. */
  file: z.unknown(),
  tag: z.string().min(1).max(255).optional(),
});
export type FileOrigin = z.infer<typeof FileOrigin>;

/** A component version that somebody else has made. */
export const ComponentOrigin = z.strictObject({
  kind: z.literal('component'),
  component: z.string(),
  version: z.string(),
  componentArn: z.string(),
});
export type ComponentOrigin = z.infer<typeof ComponentOrigin>;

/** Where a release comes from. */
export const ReleaseOrigin = z.discriminatedUnion('kind', [
  RepositoryOrigin,
  FileOrigin,
  ComponentOrigin,
]);
export type ReleaseOrigin = z.infer<typeof ReleaseOrigin>;

/** What an execution of the release machine is started with. */
export const ReleaseRequest = z.strictObject({
  releaseId: ReleaseId,
  startedBy: z.string().min(1),
  origin: ReleaseOrigin,
});
export type ReleaseRequest = z.infer<typeof ReleaseRequest>;

/** The id of the release that a source asks for by one delivery: the same delivery again is the same release. */
export const releaseIdOf = (source: string, deliveryId: string): string =>
  `${source}-${createHash('sha256').update([source, deliveryId].join('\n')).digest('hex').slice(0, 16)}`;
