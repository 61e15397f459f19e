import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { sign } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';

type Config = ConstructorParameters<typeof SSMClient>[0];

export const GITHUB_SECRET = "It's a Secret to Everybody";
export const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** Puts what a source is known by where the functions look for it. */
export async function putParameters(
  config: Config,
  source: string,
  values: Record<string, string>,
) {
  const ssm = new SSMClient(config ?? {});
  for (const [name, Value] of Object.entries(values))
    await ssm.send(
      new PutParameterCommand({
        Name: `/greenwave/dev/webhooks/${source}/${name}`,
        Type: 'SecureString',
        Value,
        Overwrite: true,
      }),
    );
  ssm.destroy();
}

export interface Sent {
  readonly status: number;
  readonly body: Record<string, string>;
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<Sent> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, string>,
  };
}

/** Headers of a delivery as GitHub signs it. */
export const githubHeaders = async (
  event: string,
  body: string,
  { id = 'd-1', secret = GITHUB_SECRET } = {},
) => ({
  'x-github-event': event,
  'x-github-delivery': id,
  'x-hub-signature-256': await sign(secret, body),
});

/** Sends what GitHub sends. */
export async function sendGithub(
  url: string,
  event: string,
  payload: unknown,
  { headers = {}, ...by }: { id?: string; secret?: string; headers?: Record<string, string> } = {},
) {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signed = await githubHeaders(event, body, by);
  return post(`${url}/webhooks/github`, body, { ...signed, ...headers });
}

/** Sends a webhook by the Standard Webhooks specification. */
export function sendStandard(
  url: string,
  payload: unknown,
  { id = 'msg_1', secret = STANDARD_SECRET, source = 'ci', at = new Date() } = {},
) {
  const body = JSON.stringify(payload);
  return post(`${url}/webhooks/${source}`, body, {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  });
}

/** A standard webhook that asks for a release of this file. */
export const releaseEvent = (file: unknown, tag?: string) => ({
  type: 'release.published',
  timestamp: '2026-01-05T08:00:00Z',
  data: { file, ...(tag !== undefined && { tag }) },
});
