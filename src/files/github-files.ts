import { InvalidReleaseError, ThrottledError } from '../domain/errors.js';
import type { GithubApi } from '../domain/release/github-api.js';

const LONGEST_MS = 20_000;
const LARGEST = 1_000_000;

const headersOf = ({ token }: GithubApi, accept: string) => ({
  accept,
  'user-agent': 'greenwave',
  'x-github-api-version': '2022-11-28',
  ...(token !== undefined && { authorization: `Bearer ${token}` }),
});

/** Documented: too many requests are 429, or 403 with none remaining. What is the server's fault is over by and by. */
const isPassing = ({ status, headers }: Response) =>
  status >= 500 ||
  status === 429 ||
  (status === 403 && headers.get('x-ratelimit-remaining') === '0');

const unreachable =
  (path: string) =>
  (cause: unknown): never => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ThrottledError(`GitHub: ${path} can't be read now: ${why}`, { cause });
  };

async function get(api: GithubApi, path: string, accept: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const request = { headers: headersOf(api, accept), signal };
  const response = await fetch(`${api.url}${path}`, request).catch(unreachable(path));
  if (response.status === 404) return undefined;
  if (isPassing(response)) throw new ThrottledError(`GitHub: ${path} is ${response.status}`);
  if (!response.ok)
    throw new InvalidReleaseError(
      `GitHub: ${path} is ${response.status}; give it a token that may read the repository`,
    );
  const text = await response.text().catch(unreachable(path));
  if (text.length <= LARGEST) return text;
  throw new InvalidReleaseError(`GitHub: ${path} is larger than ${LARGEST} characters`);
}

const encodedPath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/** A repository's files at a tag, and the assets of its releases; undefined for what isn't there. */
export const githubFiles = (api: GithubApi, repository: string) => ({
  atTag: (tag: string, path: string): Promise<string | undefined> =>
    get(
      api,
      `/repos/${repository}/contents/${encodedPath(path)}?ref=${encodeURIComponent(tag)}`,
      'application/vnd.github.raw+json',
    ),
  asset: (id: number): Promise<string | undefined> =>
    get(api, `/repos/${repository}/releases/assets/${id}`, 'application/octet-stream'),
});
