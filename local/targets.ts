import type { Functions } from './lambda/functions.js';
import type { StepFunctions } from './step-functions/step-functions.js';
import type { EmulatorClock } from '../emulator/main.js';
import type { Outages } from './outages.js';
import type { Topics } from './sns/topics.js';
import { ServiceError } from './step-functions/service-error.js';

/** Hands JSON text to what a rule or a schedule starts. */
export type Send = (input: string) => void;

export interface Targets {
  /**
   * Throws if the ARN is neither that of a function that exists nor of a state machine.
   * `ruleArn`: who sends, if it is a rule; a function then takes only what a permission of its own lets through.
   */
  find(arn: string, ruleArn?: string): Send;
}

/** Documented: for 24 hours, with waits that grow; by the numbers, up to 185 times. */
const TRIED_FOR_MS = 24 * 3600 * 1000;
const LONGEST_WAIT_MS = 600_000;

/** Publishes to a topic, and again on the virtual clock while SNS is down. */
function publishing(deps: TargetsOptions, topicArn: string): Send {
  const { topics, outages, clock, onLog } = deps;
  topics.find(topicArn);
  return (message) => {
    const since = clock.now();
    const attempt = (waitMs: number): void => {
      if (!outages.isDown('SNS'))
        return void topics.publish({ topicArn, subject: undefined, message, attributes: {} });
      onLog(`[${topicArn}] SNS is down: published again in ${waitMs / 1000} s`);
      if (clock.now() + waitMs > since + TRIED_FOR_MS) return onLog(`[${topicArn}] given up`);
      clock.schedule(clock.now() + waitMs, () => attempt(Math.min(2 * waitMs, LONGEST_WAIT_MS)));
    };
    attempt(1000);
  };
}

interface TargetsOptions {
  readonly functions: Pick<Functions, 'find' | 'invokeLater' | 'isPermitted'>;
  readonly stepFunctions: Pick<StepFunctions, 'startExecution'>;
  readonly topics: Pick<Topics, 'find' | 'publish' | 'isPermitted'>;
  readonly outages: Pick<Outages, 'isDown'>;
  readonly clock: Pick<EmulatorClock, 'now' | 'schedule'>;
  readonly onLog: (line: string) => void;
}

/**
 * What rules and schedules can start: Lambda functions, as an event with Lambda's own retries, state machines, and topics.
 * Assumed: a function or a machine that exists accepts every request, so that the bus never has to retry there.
 */
export function createTargets(deps: TargetsOptions): Targets {
  const { functions, stepFunctions, onLog } = deps;
  return {
    find(arn, ruleArn) {
      const [, , service] = arn.split(':');
      if (service === 'lambda') {
        functions.find(arn);
        const request = { principal: 'events.amazonaws.com', sourceArn: ruleArn ?? '' };
        return (input) => {
          if (ruleArn === undefined || functions.isPermitted(arn, request))
            functions.invokeLater(arn, input);
          else onLog(`[${arn}] was not invoked: no AWS::Lambda::Permission lets ${ruleArn} do it`);
        };
      }
      if (service === 'sns') {
        const publish = publishing(deps, arn);
        return (input) => {
          if (deps.topics.isPermitted(arn)) publish(input);
          else
            onLog(
              `[${arn}] was not told: no AWS::SNS::TopicPolicy lets events.amazonaws.com do it`,
            );
        };
      }
      if (service !== 'states' || arn.split(':')[5] !== 'stateMachine')
        throw new ServiceError(
          'ValidationException',
          `${arn} is neither a Lambda function nor a state machine nor a topic: no such target is supported by the local cloud.`,
        );
      return (input) => {
        try {
          stepFunctions.startExecution(arn, input);
        } catch (error) {
          onLog(`[${arn}] was not started: ${String(error)}`);
        }
      };
    },
  };
}
