import type { Emulator } from '../emulator/main.js';
import { type BusEvent } from './event-bus/event.js';
import { type EventBus, createEventBus } from './event-bus/event-bus.js';
import { type HttpApis, createHttpApis } from './http-api/http-api.js';
import { type Functions, createFunctions } from './lambda/functions.js';
import type { SandboxOptions } from './lambda/sandbox.js';
import { type Outages, createOutages } from './outages.js';
import { type Scheduler, createScheduler } from './scheduler/scheduler.js';
import { type Parameters, createParameters } from './ssm/parameters.js';
import { type PublishedMessage, type Topics, createTopics } from './sns/topics.js';
import { type StepFunctions, createStepFunctions } from './step-functions/step-functions.js';
import { createTargets } from './targets.js';

/** The services that run what the template declares. */
export interface Services {
  readonly functions: Functions;
  readonly stepFunctions: StepFunctions;
  readonly eventBus: EventBus;
  readonly scheduler: Scheduler;
  readonly topics: Topics;
  readonly httpApis: HttpApis;
  readonly parameters: Parameters;
  readonly outages: Outages;
}

export interface ServicesOptions {
  readonly emulator: Pick<Emulator, 'clock' | 'region' | 'account' | 'seed'>;
  /** Where functions find all services. */
  readonly url: string;
  readonly root: string;
  readonly onLog: (line: string) => void;
  readonly onCall: (service: string, operation: string) => void;
  readonly onMessage: (message: PublishedMessage) => void;
  readonly killAfterEffect?: SandboxOptions['killAfterEffect'];
  readonly warmWorkers?: SandboxOptions['warmWorkers'];
}

/** Wires functions, state machines, bus, schedules, topics, APIs and parameters on one clock; time is wanted while an execution runs. */
export function createServices(options: ServicesOptions): Services {
  const { emulator, url, root, onLog, onCall, onMessage, killAfterEffect, warmWorkers } = options;
  const { clock, region, account, seed } = emulator;
  const place = { clock, region, account, seed };
  const functions = createFunctions({
    ...place,
    url,
    root,
    onLog,
    killAfterEffect,
    warmWorkers,
    onInvoke: () => onCall('Lambda', 'Invoke'),
  });
  // A state machine's changes go onto the bus, whose rules may start state machines.
  const publish = (event: BusEvent) => void eventBus.publish(event);
  const stepFunctions = createStepFunctions({
    ...place,
    invokeFunction: (arn, payload) => functions.invokeForTask(arn, payload),
    emit: publish,
  });
  const topics = createTopics({ ...place, onMessage });
  const outages = createOutages();
  const targets = createTargets({
    functions,
    topics,
    outages,
    clock,
    onLog,
    stepFunctions: {
      startExecution(arn, input, name) {
        const execution = stepFunctions.startExecution(arn, input, name);
        clock.wake();
        return execution;
      },
    },
  });
  const eventBus = createEventBus({ ...place, targets });
  const scheduler = createScheduler({ ...place, targets });
  clock.setDemand(() => stepFunctions.isTimeWanted());
  const httpApis = createHttpApis({ ...place, functions, onLog });
  const parameters = createParameters(place);
  const around = { httpApis, parameters, outages };
  return { functions, stepFunctions, eventBus, scheduler, topics, ...around };
}
