import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { GithubApi } from '../domain/release/github-api.js';
import { rememberAbsent } from './absent-names.js';
import { translate } from './translate.js';

/** A rotated secret is known after so long at the latest; so long it is kept in memory, and nowhere else. */
const KEPT_SECONDS = 5;

/** Of names that anybody may make up: so many are some 100 kB. */
const MOST_ABSENT = 1000;

const GITHUB_API = 'https://api.github.com';

const isMissing = (cause: unknown) =>
  cause instanceof Error &&
  cause.cause instanceof Error &&
  cause.cause.name === 'ParameterNotFound';

/** What Parameter Store says of webhooks' sources, below `prefix`: `<source>/secret`, and for GitHub `api` and `token`. */
export function connectWebhookParameters(client: SSMClient, prefix: string) {
  const provider = new SSMProvider({ awsSdkV3Client: client });
  // powertools keeps what it has found: of what there isn't, each request would ask again.
  const absent = rememberAbsent({ keptMs: KEPT_SECONDS * 1000, most: MOST_ABSENT });

  const read = async (source: string, name: string): Promise<string | undefined> => {
    const options = { decrypt: true, maxAge: KEPT_SECONDS } as const;
    const found = provider.get(`${prefix}/${source}/${name}`, options);
    return found.catch((cause: unknown) => (isMissing(cause) ? undefined : translate(cause)));
  };

  return {
    /** The secrets that a source may sign with, a line each, two while they are exchanged; undefined for a source that there isn't. */
    async secretsOf(source: string): Promise<string[] | undefined> {
      if (absent.isAbsent(source, Date.now())) return undefined;
      const value = await read(source, 'secret');
      if (value === undefined) absent.note(source, Date.now());
      const lines = value?.split('\n').map((line) => line.trim());
      const secrets = lines?.filter(Boolean).slice(0, 2);
      return secrets && secrets.length > 0 ? secrets : undefined;
    },

    /** How the repositories of a source are read. */
    async githubOf(source: string): Promise<GithubApi> {
      const [url = GITHUB_API, token] = await Promise.all([
        read(source, 'api'),
        read(source, 'token'),
      ]);
      return { url: url.replace(/\/$/, ''), token };
    },
  };
}

export type WebhookParameters = ReturnType<typeof connectWebhookParameters>;
