import type { Clock } from './clock.js';
import { createTrail } from './cloudtrail.js';
import { connectControlPlane, type ControlPlane } from './control-plane/control-plane.js';
import { createControlApi } from './control-api.js';
import { createCloud } from './control-plane/create-cloud.js';
import { createDispatch } from './dispatch.js';
import { createEnvelopes, type EventEnvelope } from './event-envelope.js';
import { createEventFaults } from './event-faults.js';
import { createFaults } from './faults.js';
import { buildFleet } from './fleet/build-fleet.js';
import { FleetFileError } from './fleet/fleet-file-error.js';
import { Fleet } from './fleet/fleet.js';
import { createHappenings, scheduleTimeline } from './fleet/happenings.js';
import { createInject, repeatInjection } from './inject.js';
import { createInspect } from './inspect.js';
import type { KeptCall, KeptInjection } from './journal/entries.js';
import type { Journal } from './journal/journal.js';
import type { LoadedFleet } from './load-fleet-file.js';
import { createQuotas } from './quotas.js';
import { createRequestListener } from './server.js';

interface Parts {
  readonly loaded: LoadedFleet;
  /** The fleet file, for errors. */
  readonly file: string;
  readonly clock: Clock;
  readonly hasQuotas: boolean;
  readonly journal: Journal | undefined;
  readonly onEvent: (event: EventEnvelope) => void;
}

const operationNames = ({ operations }: ControlPlane) =>
  Object.entries(operations).flatMap(([service, built]) =>
    Object.keys(built).map((operation) => `${service}.${operation}`),
  );

/** One emulator with its fleet, all but the port. Throws a FleetFileError where the fleet can't be used. */
export function assemble({ loaded, file, clock, hasQuotas, journal, onEvent }: Parts) {
  const { region, account, seed, behaviours, faults, assumptions } = loaded.spec;
  // Nobody hears what happened before the emulator started.
  let isStarted = false;
  const emit = createEventFaults(clock, seed, 'event', faults.events, onEvent);
  const inEnvelope = createEnvelopes({ region, account }, seed + 3);
  const cloud = createCloud({
    ...{ region, account, seed, clock },
    emit: (event) => {
      if (isStarted) emit(inEnvelope(event));
    },
  });
  const devices = { wake: (thingName: string) => fleet.wake(thingName) };
  const controlPlane = connectControlPlane(cloud, devices, assumptions);
  const operations = operationNames(controlPlane);
  checkFaults(file, Object.keys(faults.operations), operations);
  const fleet = new Fleet(cloud, controlPlane.device, behaviours, assumptions);
  buildFleet(cloud, controlPlane, fleet, loaded, file);
  isStarted = true;
  const happenings = createHappenings(controlPlane, fleet, loaded.spec);
  scheduleTimeline(cloud, happenings, fleet, loaded.spec);
  const calls = new Map<string, number>();
  const emitCall = createEventFaults(clock, seed, 'API call', faults.events, onEvent);
  const record = createTrail(cloud, (event) => emitCall(inEnvelope(event)));
  const requestFaults = createFaults(seed, faults);
  const dispatch = createDispatch({
    ...{ home: cloud, controlPlane, faults: requestFaults },
    quotas: hasQuotas ? createQuotas(cloud) : undefined,
    onCall: (service, operation) => {
      const call = `${service}.${operation}`;
      calls.set(call, (calls.get(call) ?? 0) + 1);
    },
    onWrite: (write) => {
      journal?.keepWrite(clock.now(), write);
      record(write);
    },
  });
  const inspect = createInspect(cloud, fleet, controlPlane.device, calls);
  const inject = createInject({
    ...{ happenings, faults: requestFaults, operations },
    happen: (injection, run) =>
      clock.moment(() => {
        journal?.keepInjection(clock.now(), injection);
        run();
      }),
  });
  const control = createControlApi({ clock, inspect, inject });
  return {
    ...{ region, account, seed, inspect, inject },
    handle: createRequestListener({ cloud, dispatch, control, journal }),
    repeating: {
      repeatCall: (call: KeptCall) => dispatch.repeat(call),
      repeatInjection: (injection: KeptInjection) => repeatInjection(happenings, injection),
    },
  };
}

/** A fault of an operation that there is not would never show. */
function checkFaults(file: string, named: readonly string[], operations: readonly string[]) {
  const unknown = named.filter((operation) => !operations.includes(operation));
  if (unknown.length === 0) return;
  const problems = unknown.map((operation) => ({
    path: `faults.operations[${JSON.stringify(operation)}]`,
    problem: 'is no operation that the emulator has; its documentation lists them all',
  }));
  throw new FleetFileError(file, problems);
}
