import { expect, test } from '@jest/globals';
import { readGithubEvent } from '../../../src/domain/webhook/github-event.js';
import { readStandardEvent } from '../../../src/domain/webhook/standard-event.js';
import { webhookExample, webhookExamples } from '../../support/webhook-examples.js';

const read = (event: string, body: unknown) => readGithubEvent('github', event, body);
const origin = (tag: string, assets: unknown[] = []) => ({
  kind: 'release',
  origin: {
    kind: 'repository',
    source: 'github',
    repository: 'Codertocat/Hello-World',
    tag,
    assets,
  },
});

test("GitHub's example of a published release asks for its tag", () => {
  expect(read('release', webhookExample('release', 'published'))).toEqual(origin('0.0.1'));
});

test('of all examples only published releases ask for one', () => {
  const asking = webhookExamples.filter(
    ({ event, payload }) => read(event, payload).kind !== 'nothing',
  );
  expect(
    new Set(asking.map(({ event, payload }) => `${event}.${String(payload['action'])}`)),
  ).toEqual(new Set(['release.published']));
});

const repository = { full_name: 'Codertocat/Hello-World' };

test('assets that may be a release file or a recipe come along', () => {
  const assets = [
    { id: 1, name: 'app.zip' },
    { id: 2, name: 'greenwave.release.yaml', size: 12 },
  ];
  const body = { action: 'published', repository, release: { tag_name: 'v1.4.0', assets } };
  expect(read('release', body)).toEqual(
    origin('v1.4.0', [{ id: 2, name: 'greenwave.release.yaml' }]),
  );
});

test('a workflow that succeeded for a tag asks for it, any other run for nothing', () => {
  const run = (more: Record<string, unknown>) => ({
    action: 'completed',
    repository,
    workflow_run: {
      event: 'push',
      conclusion: 'success',
      head_branch: 'v1.4.0',
      head_repository: repository,
      ...more,
    },
  });
  expect(read('workflow_run', run({}))).toEqual(origin('v1.4.0'));
  expect(read('workflow_run', run({ conclusion: 'failure' })).kind).toBe('nothing');
  expect(read('workflow_run', run({ head_branch: 'main' })).kind).toBe('nothing');
  expect(read('workflow_run', run({ head_branch: null })).kind).toBe('nothing');
  // Anybody may call a branch of theirs v1.4.0 and open a pull request.
  expect(read('workflow_run', run({ event: 'pull_request' })).kind).toBe('nothing');
  const fork = { full_name: 'mallory/thermostat' };
  expect(read('workflow_run', run({ head_repository: fork })).kind).toBe('nothing');
  expect(read('workflow_run', run({ head_repository: null })).kind).toBe('nothing');
});

test('a dispatch names a tag, or brings the release file', () => {
  const dispatch = (client_payload: unknown) => ({
    action: 'greenwave-release',
    repository,
    client_payload,
  });
  expect(read('repository_dispatch', dispatch({ tag: 'v2.0.0' }))).toEqual(origin('v2.0.0'));
  const file = { component: 'a' };
  expect(read('repository_dispatch', dispatch({ file, tag: 'v2.0.0' }))).toEqual({
    kind: 'release',
    origin: { kind: 'file', file, tag: 'v2.0.0' },
  });
  expect(read('repository_dispatch', dispatch({})).kind).toBe('unreadable');
});

test('a repository with a strange name is not read', () => {
  const body = {
    action: 'published',
    repository: { full_name: 'a/b/../../c' },
    release: { tag_name: 'v1.0.0' },
  };
  expect(read('release', body).kind).toBe('unreadable');
});

test('a standard webhook brings the release file', () => {
  const file = { component: 'a' };
  expect(readStandardEvent({ type: 'release.published', data: { file, tag: 'v1.0.0' } })).toEqual({
    kind: 'release',
    origin: { kind: 'file', file, tag: 'v1.0.0' },
  });
  expect(readStandardEvent({ type: 'user.created', data: {} }).kind).toBe('nothing');
  expect(readStandardEvent({ type: 'release.published', data: {} }).kind).toBe('unreadable');
  expect(readStandardEvent([]).kind).toBe('unreadable');
  const large = { component: 'x'.repeat(200_000) };
  expect(readStandardEvent({ type: 'release.published', data: { file: large } }).kind).toBe(
    'unreadable',
  );
});
