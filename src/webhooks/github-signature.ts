import { verify } from '@octokit/webhooks-methods';

/** Whether a body is signed by one of the secrets, as X-Hub-Signature-256 says. Compared in constant time. */
export async function isSignedByGithub(
  secrets: readonly string[],
  body: string,
  signature: string | undefined,
): Promise<boolean> {
  if (!signature || body === '') return false;
  const fits = await Promise.all(secrets.map((secret) => verify(secret, body, signature)));
  return fits.includes(true);
}
