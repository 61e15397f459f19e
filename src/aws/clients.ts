import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { IoTClient } from '@aws-sdk/client-iot';
import { SFNClient } from '@aws-sdk/client-sfn';

/**
 * The SDK makes 5 attempts of its own with back-off; a step that is still throttled then throws ThrottledError and the
 * state machine tries it again up to 8 times, so a call is made at most 45 times before a rollout fails of throttling.
 */
const retries = { maxAttempts: 5 };

// Marked pure, so that the bundle of a function leaves out the clients that its step doesn't use.
export const greengrassClient = /* @__PURE__ */ new GreengrassV2Client(retries);
export const iotClient = /* @__PURE__ */ new IoTClient(retries);
export const dynamoDbClient = /* @__PURE__ */ new DynamoDBClient(retries);
export const eventBridgeClient = /* @__PURE__ */ new EventBridgeClient(retries);
export const sfnClient = /* @__PURE__ */ new SFNClient(retries);
