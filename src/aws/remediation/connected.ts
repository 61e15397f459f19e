import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import { dynamoDbClient, greengrassClient, iotClient } from '../clients.js';
import { environment } from '../environment.js';
import { connectConnectivity } from './connectivity.js';
import { connectDeviceEvents } from './device-events.js';
import { connectDeviceTags } from './device-tags.js';
import { connectFleetTargets } from './fleet-targets.js';
import { connectJobExecutions } from './job-executions.js';
import { connectPeople } from './people.js';
import { connectRecords } from './records.js';
import { connectRemedyGroups } from './remedy-groups.js';

// Marked pure, as in ../connected.ts: a bundle has only what its step uses, and only steps of remediation import this.
const retries = { maxAttempts: 5 };
const topicArn = () => z.string().min(1).parse(process.env['TOPIC_ARN']);

export const connectivity = /* @__PURE__ */ connectConnectivity(iotClient);
export const deviceEvents = /* @__PURE__ */ connectDeviceEvents(
  /* @__PURE__ */ new EventBridgeClient(retries),
);
export const deviceTags = /* @__PURE__ */ connectDeviceTags(greengrassClient);
export const fleet = /* @__PURE__ */ connectFleetTargets(greengrassClient);
export const executions = /* @__PURE__ */ connectJobExecutions(iotClient);
export const groups = /* @__PURE__ */ connectRemedyGroups(iotClient);
export const people = /* @__PURE__ */ connectPeople(
  /* @__PURE__ */ new SNSClient(retries),
  /* @__PURE__ */ topicArn(),
);
export const records = /* @__PURE__ */ connectRecords(dynamoDbClient, environment.TABLE_NAME);
