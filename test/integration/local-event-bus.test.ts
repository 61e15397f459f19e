import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  DescribeRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { type LocalStack, fixture, startLocalStack } from '../support/local-stack.js';

let stack: LocalStack;
let events: EventBridgeClient;

const target = (more: Record<string, unknown> = {}) => ({
  Id: 'log',
  Arn: { 'Fn::GetAtt': ['Log', 'Arn'] },
  ...more,
});

const rule = (Name: string, more: Record<string, unknown>) => ({
  Type: 'AWS::Events::Rule',
  Properties: { Name, Targets: [target()], ...more },
});

beforeAll(async () => {
  stack = await startLocalStack({
    Log: fixture('log'),
    LogPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Log' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      },
    },
    Alone: fixture('nothing'),
    NotPermitted: rule('not-permitted', {
      EventPattern: { source: ['stranger'] },
      Targets: [{ Id: 'alone', Arn: { 'Fn::GetAtt': ['Alone', 'Arn'] } }],
    }),
    Failed: rule('failed', {
      EventPattern: { source: ['shop'], detail: { status: ['FAILED'] } },
      Targets: [
        target({
          InputTransformer: {
            InputPathsMap: { thing: '$.detail.thing' },
            InputTemplate: '{"failed":"<thing>"}',
          },
        }),
      ],
    }),
    All: rule('all', { EventPattern: { 'detail-type': ['Order'] } }),
    Off: rule('off', { EventPattern: { source: [{ exists: true }] }, State: 'DISABLED' }),
    Hourly: rule('hourly', {
      ScheduleExpression: 'rate(1 hour)',
      Targets: [target({ Input: '{"tick":true}' })],
    }),
  });
  events = new EventBridgeClient({ ...stack.aws, maxAttempts: 1 });
});
afterAll(() => stack.close());

const put = (...Entries: Record<string, unknown>[]) =>
  events.send(new PutEventsCommand({ Entries }));
const said = () => stack.lines.filter((line) => line.startsWith('[greenwave-test-log]'));

describe('an event', () => {
  test('reaches the targets of the rules that match it, as a whole envelope', async () => {
    const { FailedEntryCount, Entries } = await put({
      Source: 'shop',
      DetailType: 'Order',
      Detail: '{"status":"PAID"}',
      Resources: ['arn:order'],
    });
    await stack.clock.advance(0);
    expect(FailedEntryCount).toBe(0);
    expect(said().at(-1)).toBe(
      `[greenwave-test-log] said ${JSON.stringify({
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Order',
        source: 'shop',
        account: '123456789012',
        time: '2026-01-05T08:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:order'],
        detail: { status: 'PAID' },
      })}`,
    );
  });

  test('is transformed for its target', async () => {
    await put({
      Source: 'shop',
      DetailType: 'Parcel',
      Detail: '{"status":"FAILED","thing":"core-7"}',
    });
    await stack.clock.advance(0);
    expect(said().at(-1)).toBe('[greenwave-test-log] said {"failed":"core-7"}');
  });

  test('that no rule matches reaches nobody', async () => {
    const before = said().length;
    await put({ Source: 'shop', DetailType: 'Parcel', Detail: '{"status":"SENT"}' });
    await stack.clock.advance(0);
    expect(said()).toHaveLength(before);
  });
});

test('a rule without a permission does not start the function', async () => {
  await put({ Source: 'stranger', DetailType: 'Parcel', Detail: '{}' });
  await stack.clock.advance(0);
  expect(stack.lines.at(-1)).toBe(
    '[arn:aws:lambda:eu-west-1:123456789012:function:greenwave-test-nothing] was not invoked: ' +
      'no AWS::Lambda::Permission lets arn:aws:events:eu-west-1:123456789012:rule/not-permitted do it',
  );
});

describe('PutEvents', () => {
  test('refuses a bad entry and takes the others', async () => {
    const good = { Source: 'shop', DetailType: 'Parcel', Detail: '{}' };
    const { FailedEntryCount, Entries } = await put(
      { ...good, Source: '' },
      { ...good, Detail: '{' },
      { ...good, Source: 'aws.greengrass' },
      good,
    );
    expect(FailedEntryCount).toBe(3);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'InvalidArgument',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      undefined,
    ]);
  });

  test('refuses more than ten entries, more than 256 KB and another bus', async () => {
    const entry = { Source: 'shop', DetailType: 'Parcel', Detail: '{}' };
    await expect(put(...Array<typeof entry>(11).fill(entry))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    const Detail = JSON.stringify({ x: 'x'.repeat(262_144) });
    await expect(put({ ...entry, Detail })).rejects.toThrow('Total size of the entries');
    await expect(put({ ...entry, EventBusName: 'other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

test('a schedule runs when time is moved past it, and not by itself', async () => {
  const ticks = () => said().filter((line) => line.endsWith('{"tick":true}')).length;
  expect(ticks()).toBe(0);
  await stack.clock.advance(3 * 3600);
  expect(ticks()).toBe(3);
});

test('rules are listed and described', async () => {
  const { Rules } = await events.send(new ListRulesCommand({}));
  expect(Rules?.map(({ Name, State }) => [Name, State])).toEqual([
    ['not-permitted', 'ENABLED'],
    ['failed', 'ENABLED'],
    ['all', 'ENABLED'],
    ['off', 'DISABLED'],
    ['hourly', 'ENABLED'],
  ]);
  const described = await events.send(new DescribeRuleCommand({ Name: 'all' }));
  expect(described).toMatchObject({
    Arn: 'arn:aws:events:eu-west-1:123456789012:rule/all',
    EventPattern: '{"detail-type":["Order"]}',
  });
  const { Targets } = await events.send(new ListTargetsByRuleCommand({ Rule: 'hourly' }));
  expect(Targets).toEqual([
    {
      Id: 'log',
      Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:greenwave-test-log',
      Input: '{"tick":true}',
    },
  ]);
  const TargetArn = 'arn:aws:lambda:eu-west-1:123456789012:function:greenwave-test-log';
  const { RuleNames } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
  expect(RuleNames).toEqual(['failed', 'all', 'off', 'hourly']);
});

test('a pattern is tried out without a rule', async () => {
  const command = new TestEventPatternCommand({
    EventPattern: '{"source":[{"prefix":"sh"}]}',
    Event: '{"source":"shop"}',
  });
  expect((await events.send(command)).Result).toBe(true);
});

test('calls are counted by operation', async () => {
  const before = stack.calls()['EventBridge.ListRules'] ?? 0;
  await events.send(new ListRulesCommand({}));
  expect(stack.calls()['EventBridge.ListRules']).toBe(before + 1);
});
