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

interface Served {
  readonly emulator: Pick<Emulator, 'handle' | 'clock'>;
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

/** The routes of every service; `api` counts the calls of one. */
export function createRoutes(
  { emulator, services, dynamoDb }: Served,
  options: {
    readonly api: (service: string) => ApiOptions;
    readonly calls: () => Record<string, number>;
  },
): Routes {
  const { functions, stepFunctions, eventBus, scheduler, topics } = services;
  const { clock } = emulator;
  const { onLog } = options.api('');
  // `Invoke` is counted where functions run: state machines, rules and schedules invoke them too.
  const lambda = restJsonApi('Lambda', lambdaRoutes(functions), {
    onLog,
    onCall: (operation) => operation === 'Invoke' || options.api('Lambda').onCall(operation),
  });
  const scheduling = restJsonApi('Scheduler', schedulerRoutes(scheduler), options.api('Scheduler'));
  const control = controlListener({
    emulator,
    calls: options.calls,
    messages: () => topics.messages(),
  });
  const states = awsJsonApi(
    {
      version: '1.0',
      namespace: 'com.amazonaws.sfn',
      handle: (operation, input) =>
        stepFunctions.handle(operation, input).finally(() => clock.wake()),
    },
    options.api('StepFunctions'),
  );
  const events = eventsApi(eventBus, clock, options.api('EventBridge'));
  return {
    byTarget: new Map([
      ['AWSStepFunctions', states],
      ['AWSEvents', events],
      ['DynamoDB_20120810', dynamoDb.listener],
    ]),
    byScope: new Map([
      ['lambda', lambda],
      ['scheduler', scheduling],
      ['sns', snsApi(topics, options.api('SNS'))],
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
    fallback: emulator.handle,
  };
}
