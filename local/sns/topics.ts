import { seededIds } from '../seeded-ids.js';
import { ServiceError } from '../step-functions/service-error.js';

/** A value beside a message, by which subscribers filter. */
export interface MessageAttribute {
  readonly Type: string;
  readonly Value: string;
}

/** A message as a subscriber would get it. */
export interface PublishedMessage {
  readonly messageId: string;
  readonly topicArn: string;
  /** ISO. */
  readonly publishedAt: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export type NewMessage = Omit<PublishedMessage, 'messageId' | 'publishedAt'>;

/** Where a topic would send what is published: nowhere, locally. */
export interface Subscription {
  readonly Protocol: string;
  readonly Endpoint: string;
}

export interface Topic {
  readonly arn: string;
  readonly subscriptions: readonly Subscription[];
}

/** Amazon SNS: standard topics, which the template makes, and everything that was ever published to them. */
export interface Topics {
  /** Answers the ARN. */
  create(name: string, subscriptions: readonly Subscription[]): string;
  /** Throws NotFound. */
  find(arn: string): Topic;
  /** Lets the event bus publish to a topic. */
  permit(arn: string): void;
  /** Whether the event bus may. */
  isPermitted(arn: string): boolean;
  list(): Topic[];
  /** Keeps the message and answers its id. Throws NotFound. */
  publish(message: NewMessage): string;
  /** Oldest first. */
  messages(): PublishedMessage[];
}

export interface TopicsOptions {
  readonly clock: { now(): number };
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly onMessage: (message: PublishedMessage) => void;
}

/** Starts SNS without topics. Nothing leaves the process: what would be sent is kept, to be looked at. */
export function createTopics({ clock, region, account, seed, onMessage }: TopicsOptions): Topics {
  const nextId = seededIds(seed, 'message');
  const topics = new Map<string, Topic>();
  const messages: PublishedMessage[] = [];
  const permitted = new Set<string>();

  const find = (arn: string): Topic => {
    const found = topics.get(arn);
    if (found) return found;
    throw new ServiceError('NotFound', 'Topic does not exist', 404);
  };

  return {
    create(name, subscriptions) {
      const arn = `arn:aws:sns:${region}:${account}:${name}`;
      topics.set(arn, { arn, subscriptions });
      return arn;
    },
    find,
    permit: (arn) => void permitted.add(find(arn).arn),
    isPermitted: (arn) => permitted.has(arn),
    list: () => [...topics.values()],
    publish(message) {
      find(message.topicArn);
      const messageId = nextId();
      const published = {
        ...message,
        messageId,
        publishedAt: new Date(clock.now()).toISOString(),
      };
      messages.push(published);
      onMessage(published);
      return messageId;
    },
    messages: () => [...messages],
  };
}
