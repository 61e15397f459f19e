import type { ReleaseOrigin } from '../domain/release/release-request.js';
import { readGithubEvent } from '../domain/webhook/github-event.js';
import type { Meaning } from '../domain/webhook/meaning.js';
import { readStandardEvent } from '../domain/webhook/standard-event.js';
import { isSignedByGithub } from './github-signature.js';
import { isStandardSigned } from './standard-signature.js';

/** A request to `POST /webhooks/{source}`; names of headers in lower case. */
export interface WebhookRequest {
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of a request, by the status of its answer; of an accepted one, what it asks for. */
export type Received =
  | { readonly status: 202; readonly deliveryId: string; readonly origin: ReleaseOrigin }
  | { readonly status: 204 | 400 | 401; readonly why: string };

const GITHUB = 'github';

/** What a source may be called: it is part of a parameter's name and of a release's id. */
export const SOURCE = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** Larger bodies are refused before anything of them is read. */
export const LARGEST_BODY = 1_048_576;

/** The text of a request's body; undefined where it is too large. */
export function requestBody({ body, isBase64Encoded }: { body: string; isBase64Encoded: boolean }) {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return bytes.length > LARGEST_BODY ? undefined : bytes.toString();
}

function parsed(body: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function received(deliveryId: string, meaning: Meaning): Received {
  if (meaning.kind === 'release') return { status: 202, deliveryId, origin: meaning.origin };
  return { status: meaning.kind === 'nothing' ? 204 : 400, why: meaning.why };
}

/** Verifies a request before anything of it is read, then reads what it asks for. */
export async function receive(
  { source, headers, body }: WebhookRequest,
  secrets: readonly string[],
): Promise<Received> {
  const isGithub = source === GITHUB;
  const isSigned = isGithub
    ? await isSignedByGithub(secrets, body, headers['x-hub-signature-256'])
    : isStandardSigned(secrets, body, headers);
  if (!isSigned) return { status: 401, why: 'the signature is missing or wrong' };
  const deliveryId = headers[isGithub ? 'x-github-delivery' : 'webhook-id'];
  if (!deliveryId) return { status: 400, why: 'X-GitHub-Delivery is missing' };
  const json = parsed(body);
  if (!json) return { status: 400, why: 'the body is not JSON' };
  const event = headers['x-github-event'] ?? '';
  return received(
    deliveryId,
    isGithub ? readGithubEvent(source, event, json.value) : readStandardEvent(json.value),
  );
}
