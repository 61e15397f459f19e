import * as z from 'zod';
import { readTag } from '../release/release-tag.js';
import { Repository, RepositoryOrigin } from '../release/release-request.js';
import { type Meaning, inlineRelease, nothing, unreadable } from './meaning.js';

const InRepository = z.looseObject({ repository: z.looseObject({ full_name: Repository }) });

const ReleasePublished = InRepository.extend({
  release: z.looseObject({
    tag_name: z.string().min(1).max(255),
    assets: z.array(z.looseObject({ id: z.number(), name: z.string() })).default([]),
  }),
});

const WorkflowCompleted = InRepository.extend({
  workflow_run: z.looseObject({
    event: z.string(),
    conclusion: z.string().nullish(),
    head_branch: z.string().nullish(),
    head_repository: z.looseObject({ full_name: z.string() }).nullish(),
  }),
});

const Dispatched = InRepository.extend({
  client_payload: z.union([
    z.looseObject({ file: z.record(z.string(), z.unknown()), tag: z.string().optional() }),
    z.looseObject({ tag: z.string().min(1).max(255) }),
  ]),
});

/** The type of a repository_dispatch event that asks for a release. */
export const DISPATCH_TYPE = 'greenwave-release';

/** Only these of a release's assets can be a release file or a recipe. */
const TEXT_FILE = /\.(ya?ml|json)$/;

const atTag = (
  source: string,
  repository: string,
  tag: string,
  assets: RepositoryOrigin['assets'] = [],
): Meaning => ({
  kind: 'release',
  origin: { kind: 'repository', source, repository, tag, assets },
});

const misfit = (event: string, error: z.ZodError): Meaning =>
  unreadable(`${event}: ${z.prettifyError(error)}`);

function published(source: string, body: unknown): Meaning {
  const read = ReleasePublished.safeParse(body);
  if (!read.success) return misfit('release', read.error);
  const { repository, release } = read.data;
  const assets = release.assets
    .filter(({ name }) => TEXT_FILE.test(name))
    .slice(0, 100)
    .map(({ id, name }) => ({ id, name }));
  return atTag(source, repository.full_name, release.tag_name, assets);
}

/** What a workflow runs for when a tag is pushed or released. */
const TAGGED = new Set(['push', 'release']);

/**
 * A run for a tag has the tag in place of a branch. One for a pull request has the name of somebody's branch there, maybe of a
 * fork: that is no tag, whatever it is called.
 */
function completed(source: string, body: unknown): Meaning {
  const read = WorkflowCompleted.safeParse(body);
  if (!read.success) return misfit('workflow_run', read.error);
  const { repository, workflow_run: run } = read.data;
  if (run.conclusion !== 'success') return nothing(`its conclusion is ${run.conclusion}`);
  const from = run.head_repository?.full_name;
  if (!TAGGED.has(run.event) || from !== repository.full_name)
    return nothing(`it ran for ${run.event} of ${from ?? 'no repository'}`);
  const tag = run.head_branch ?? '';
  if (!readTag(tag)) return nothing(`${tag || 'its branch'} is no tag with a version`);
  return atTag(source, repository.full_name, tag);
}

function dispatched(source: string, body: unknown): Meaning {
  const read = Dispatched.safeParse(body);
  if (!read.success) return misfit('repository_dispatch', read.error);
  const { repository, client_payload: asked } = read.data;
  if ('file' in asked) return inlineRelease(asked.file, asked.tag);
  return atTag(source, repository.full_name, asked.tag);
}

const Action = z.looseObject({ action: z.string().optional() });

/** What an event of GitHub asks for, by the name in X-GitHub-Event. Everything that is none of ours asks for nothing. */
export function readGithubEvent(source: string, event: string, body: unknown): Meaning {
  const { action } = Action.safeParse(body).data ?? {};
  const name = [event, action].filter((part) => part !== undefined).join('.');
  if (name === 'release.published') return published(source, body);
  if (name === 'workflow_run.completed') return completed(source, body);
  if (name === `repository_dispatch.${DISPATCH_TYPE}`) return dispatched(source, body);
  return nothing(`${name} asks for no release`);
}
