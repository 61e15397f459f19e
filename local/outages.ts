import type { Listener } from './api.js';
import { send } from './http-messages.js';

/** The services whose outage can be played: all but the emulator's, which has the faults of the fleet file. */
export const SERVICES = [
  'DynamoDB',
  'EventBridge',
  'Lambda',
  'Scheduler',
  'SNS',
  'SSM',
  'StepFunctions',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Which services answer nothing but 503, from now until they are up again. */
export interface Outages {
  isDown(service: ServiceName): boolean;
  /** These are down from now on, all others up. */
  set(services: readonly ServiceName[]): void;
  list(): ServiceName[];
  /** The service itself, or its absence. */
  readonly behind: (service: ServiceName, listener: Listener) => Listener;
}

const XML =
  '<ErrorResponse><Error><Type>Receiver</Type><Code>ServiceUnavailable</Code></Error></ErrorResponse>';

/** Every service is up until somebody says otherwise. */
export function createOutages(): Outages {
  let down = new Set<ServiceName>();
  const isDown = (service: ServiceName) => down.has(service);
  return {
    isDown,
    set: (services) => void (down = new Set(services)),
    list: () => [...down].sort(),
    behind: (service, listener) => (request, response) => {
      if (!isDown(service)) listener(request, response);
      else if (service === 'SNS') send(response, 503, XML, { 'content-type': 'text/xml' });
      else {
        const message = `${service} is down`;
        const body = { __type: 'ServiceUnavailableException', message };
        const headers = { 'x-amzn-errortype': 'ServiceUnavailableException' };
        send(response, 503, JSON.stringify(body), headers);
      }
    },
  };
}
