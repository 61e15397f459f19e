import { Webhook, WebhookVerificationError } from 'standardwebhooks';

type Headers = Readonly<Record<string, string>>;

function fits(secret: string, body: string, headers: Headers): boolean {
  // A secret that is none throws here: that is the receiver's fault, not the sender's.
  const webhook = new Webhook(secret);
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return true;
  } catch (cause) {
    if (cause instanceof WebhookVerificationError) return false;
    throw cause;
  }
}

/**
 * Whether a body is signed by one of the secrets as the Standard Webhooks specification says: id, timestamp and body, at most
 * five minutes off this machine's clock. Compared in constant time.
 */
export const isStandardSigned = (
  secrets: readonly string[],
  body: string,
  headers: Headers,
): boolean => secrets.map((secret) => fits(secret, body, headers)).includes(true);
