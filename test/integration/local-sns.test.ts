import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';

const TopicArn = 'arn:aws:sns:eu-west-1:123456789012:greenwave-test-notices';

let stack: LocalStack;
let sns: SNSClient;

beforeAll(async () => {
  stack = await startLocalStack({
    Notices: {
      Type: 'AWS::SNS::Topic',
      Properties: {
        TopicName: 'greenwave-test-notices',
        DisplayName: 'Greenwave',
        Subscription: [{ Protocol: 'email', Endpoint: 'operator@example.com' }],
      },
    },
    Unnamed: { Type: 'AWS::SNS::Topic', Properties: {} },
  });
  sns = new SNSClient({ ...stack.aws, maxAttempts: 1 });
});
afterAll(() => stack.close());

const publish = (input: Partial<PublishCommandInput>) =>
  sns.send(new PublishCommand({ TopicArn, Message: 'text', ...input }));

describe('a message', () => {
  test('is kept as it was published, with the time of the clock', async () => {
    const Message = 'core-1: <b> & "quotes"\r\n  naïve ☃ + 100 %';
    const { MessageId } = await publish({
      Subject: 'Device escalated: core-1',
      Message,
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'Device Escalated' },
        bytes: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
      },
    });
    expect(stack.messages().at(-1)).toEqual({
      messageId: MessageId,
      topicArn: TopicArn,
      publishedAt: '2026-01-05T08:00:00.000Z',
      subject: 'Device escalated: core-1',
      message: Message,
      attributes: {
        kind: { Type: 'String', Value: 'Device Escalated' },
        bytes: { Type: 'Binary', Value: 'eA==' },
      },
    });
  });

  test('by protocol is its default text', async () => {
    await publish({ Message: '{"default":"all","sms":"short"}', MessageStructure: 'json' });
    expect(stack.messages().at(-1)?.message).toBe('all');
  });

  test('is shown over HTTP beside the clock, and its call counted', async () => {
    await publish({ Message: 'shown' });
    const shown: unknown = await (await fetch(new URL('/_greenwave/messages', stack.url))).json();
    // JSON leaves out a subject that there isn't.
    expect(shown).toEqual(JSON.parse(JSON.stringify(stack.messages())));
    expect(stack.calls()['SNS.Publish']).toBeGreaterThan(0);
  });
});

test.each([
  ['an empty message', { Message: '' }, 'InvalidParameterException', 'Empty message'],
  ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException', 'Subject'],
  [
    'a subject of 101 characters',
    { Subject: 'a'.repeat(101) },
    'InvalidParameterException',
    'Subject',
  ],
  ['257 KB', { Message: 'a'.repeat(262_145) }, 'InvalidParameterException', 'Message too long'],
  [
    'a structure without a default',
    { Message: '{"sms":"short"}', MessageStructure: 'json' },
    'InvalidParameterException',
    'No default entry',
  ],
  ['a group of messages', { MessageGroupId: 'a' }, 'InvalidParameterException', 'MessageGroupId'],
  ['a telephone', { PhoneNumber: '+15550100' }, 'InvalidParameterException', 'PhoneNumber'],
  [
    'an unknown topic',
    { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:nobody' },
    'NotFoundException',
    'Topic does not exist',
  ],
] as const)('%s is refused and nothing is kept', async (_, input, name, message) => {
  const before = stack.messages().length;
  await expect(publish(input)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
  expect(stack.messages()).toHaveLength(before);
});

test('topics and who is to be told are listed', async () => {
  const { Topics } = await sns.send(new ListTopicsCommand({}));
  expect(Topics?.map((each) => each.TopicArn?.split(':').at(-1))).toEqual([
    'greenwave-test-notices',
    expect.stringMatching(/^greenwave-test-Unnamed-[0-9a-f]{12}$/),
  ]);
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  expect(Subscriptions).toEqual([
    {
      TopicArn,
      SubscriptionArn: 'PendingConfirmation',
      Protocol: 'email',
      Endpoint: 'operator@example.com',
    },
  ]);
});

test('an operation that is not served says so', async () => {
  await expect(
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' })),
  ).rejects.toMatchObject({ name: 'InvalidAction' });
});

test.each([
  [
    'a queue',
    { Subscription: [{ Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:1:q' }] },
    'queues',
  ],
  ['order', { FifoTopic: true }, 'FifoTopic'],
])('a template whose topic needs %s is refused', async (_, Properties, word) => {
  await expect(
    startLocalStack({ Notices: { Type: 'AWS::SNS::Topic', Properties } }),
  ).rejects.toThrow(word);
});
