import type { Emulator } from '../emulator/main.js';
import { type ApiOptions, awsJsonApi, restJsonApi } from './api.js';
import { controlListener } from './control-api.js';
import type { EmbeddedDynamoDb } from './dynamodb.js';
import type { EventBus } from './event-bus/event-bus.js';
import { handleEventBridge } from './event-bus/event-bridge-api.js';
import { lambdaRoutes } from './lambda/lambda-api.js';
import { schedulerRoutes } from './scheduler/scheduler-api.js';
import type { Routes } from './server.js';
import type { Services } from './services.js';
import { snsApi } from './sns/sns-api.js';
import { handleSsm } from './ssm/ssm-api.js';

interface Served {
  readonly emulator: Pick<Emulator, 'handle' | 'clock' | 'region' | 'account'>;
  readonly services: Services;
  readonly dynamoDb: EmbeddedDynamoDb;
}

const eventsApi = (eventBus: EventBus, clock: { now(): number }, options: ApiOptions) =>
  awsJsonApi(
    {
      version: '1.1',
      namespace: 'com.amazonaws.eventbridge',
      handle: (operation, input) =>
        handleEventBridge(eventBus, { operation, input, now: clock.now() }),
    },
    options,
  );

const ssmApi = ({ emulator, services }: Served, options: ApiOptions) =>
  awsJsonApi(
    {
      version: '1.1',
      namespace: 'com.amazonaws.ssm',
      handle: (operation, input) =>
        handleSsm({ ...emulator, parameters: services.parameters }, operation, input),
    },
    options,
  );

interface RouteOptions {
  readonly api: (service: string) => ApiOptions;
  readonly calls: () => Record<string, number>;
}

/** `Invoke` is counted where functions run: state machines, rules and schedules invoke them too. */
const lambdaApi = ({ services: { functions } }: Served, { onLog, onCall }: ApiOptions) =>
  restJsonApi('Lambda', lambdaRoutes(functions), {
    onLog,
    onCall: (operation) => operation === 'Invoke' || onCall(operation),
  });

const statesApi = ({ emulator, services }: Served, options: ApiOptions) =>
  awsJsonApi(
    {
      version: '1.0',
      namespace: 'com.amazonaws.sfn',
      handle: (operation, input) =>
        services.stepFunctions.handle(operation, input).finally(() => emulator.clock.wake()),
    },
    options,
  );

/** The routes of every service; `api` counts the calls of one. */
export function createRoutes(served: Served, { api, calls }: RouteOptions): Routes {
  const { emulator, services, dynamoDb } = served;
  const { eventBus, scheduler, topics, httpApis, outages } = services;
  const { behind } = outages;
  const lambda = behind('Lambda', lambdaApi(served, api('Lambda')));
  const schedules = restJsonApi('Scheduler', schedulerRoutes(scheduler), api('Scheduler'));
  const scheduling = behind('Scheduler', schedules);
  const control = controlListener({ emulator, calls, messages: () => topics.messages(), outages });
  const events = eventsApi(eventBus, emulator.clock, api('EventBridge'));
  return {
    byTarget: new Map([
      ['AWSStepFunctions', behind('StepFunctions', statesApi(served, api('StepFunctions')))],
      ['AWSEvents', behind('EventBridge', events)],
      ['AmazonSSM', behind('SSM', ssmApi(served, api('SSM')))],
      ['DynamoDB_20120810', behind('DynamoDB', dynamoDb.listener)],
    ]),
    byScope: new Map([
      ['lambda', lambda],
      ['scheduler', scheduling],
      ['sns', behind('SNS', snsApi(topics, api('SNS')))],
      ['greengrass', emulator.handle],
      ['iot', emulator.handle],
      ['iotdata', emulator.handle],
      // Observed: aws-cli 2.9, Debian 12's, signs for AWS IoT under this name.
      ['execute-api', emulator.handle],
    ]),
    byPath: new Map([
      ['_greenwave', control],
      ['2015-03-31', lambda],
      ['schedules', scheduling],
    ]),
    fallback: (request, response) => {
      if (httpApis.isOurs(request.url ?? '/')) httpApis.listener(request, response);
      else emulator.handle(request, response);
    },
  };
}
