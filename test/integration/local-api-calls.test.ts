import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { fixture, startLocalStack, type LocalStack } from '../support/local-stack.js';
import { publishComponent } from '../support/publish-component.js';

let stack: LocalStack;

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
    Published: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: 'published',
        EventPattern: {
          source: ['aws.greengrass'],
          'detail-type': ['AWS API Call via CloudTrail'],
          detail: {
            eventSource: ['greengrass.amazonaws.com'],
            eventName: ['CreateComponentVersion'],
            errorCode: [{ exists: false }],
          },
        },
        Targets: [
          {
            Id: 'log',
            Arn: { 'Fn::GetAtt': ['Log', 'Arn'] },
            InputPath: '$.detail.responseElements.arn',
          },
        ],
      },
    },
  });
});
afterAll(() => stack.close());

test('a rule on calls of Greengrass hears of a component version a minute later', async () => {
  const greengrass = new GreengrassV2Client(stack.aws);
  await publishComponent(greengrass, 'com.example.Hello', '1.0.0');
  await expect(publishComponent(greengrass, 'com.example.Hello', '1.0.0')).rejects.toThrow();
  greengrass.destroy();
  const said = () => stack.lines.filter((line) => line.startsWith('[greenwave-test-log]'));
  await stack.clock.advance(59);
  expect(said()).toEqual([]);
  await stack.clock.advance(1);
  expect(said()).toEqual([
    '[greenwave-test-log] said "arn:aws:greengrass:eu-west-1:123456789012:components:com.example.Hello:versions:1.0.0"',
  ]);
});
