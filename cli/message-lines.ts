import type { PublishedMessage } from '../local/sns/topics.js';
import { timestamp } from './output.js';

/** What a person would have been sent, as the local cloud shows it. */
export function messageLines({
  publishedAt,
  topicArn,
  subject = 'no subject',
  message,
}: PublishedMessage): string[] {
  const topic = topicArn.split(':').at(-1) ?? '';
  const head = `${timestamp(publishedAt)}  ${topic}: ${subject}`;
  return [head, ...message.split('\n').map((line) => `  ${line}`)];
}
