import type { Cloud } from './cloud.js';
import { userArn } from './control-plane/arns.js';
import type { Call } from './control-plane/call.js';
import type { ControlPlane } from './control-plane/control-plane.js';
import { ApiError } from './errors.js';
import type { Fault, Faults } from './faults.js';
import type { KeptCall } from './journal/entries.js';
import { createPendingTokens } from './pending-tokens.js';
import type { Quotas } from './quotas.js';
import { accessKeyOf, scopeOf } from './wire/credential.js';
import { readInput } from './wire/read-input.js';
import {
  operationOf,
  writeError,
  writeOutput,
  type WireRequest,
  type WireResponse,
  type WireService,
} from './wire/rest-json.js';
import { greengrassWire, iotDataWire, iotWire } from './wire/services.js';

/** A call of an operation that doesn't only read, and what was answered. */
export interface Write {
  readonly service: WireService;
  readonly operation: string;
  readonly request: WireRequest;
  /** Undefined where it was refused before anything was done. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
  readonly response: WireResponse;
  /** As in the answer's header. */
  readonly requestId: string;
}

export interface DispatchOptions {
  readonly home: Pick<Cloud, 'region' | 'account'>;
  readonly controlPlane: ControlPlane;
  readonly faults: Pick<Faults, 'next'>;
  /** Left out: no request is one too many. */
  readonly quotas?: Quotas | undefined;
  /** Counts a request to an operation, whatever becomes of it. */
  readonly onCall: (service: WireService['name'], operation: string) => void;
  readonly onWrite?: (write: Write) => void;
}

/** What is sent back, and after how long in real time; without a response the connection is reset instead. */
export interface Dispatched {
  readonly response: WireResponse | undefined;
  readonly delaySeconds: number;
}

type Operation = (request: never, call: Call) => object;
type Input = Readonly<Record<string, unknown>>;

/** Assumed: any other name is one of AWS IoT's. */
const SCOPES: Readonly<Record<string, WireService>> = {
  greengrass: greengrassWire,
  iotdata: iotDataWire,
};

/** The service by the credential scope of the signature; an unsigned request by who has its operation. */
function serviceOf(request: WireRequest): WireService {
  const scope = scopeOf(request);
  if (scope !== undefined) return SCOPES[scope] ?? iotWire;
  return [iotWire, iotDataWire].find((each) => operationOf(each, request)) ?? greengrassWire;
}

const SERVICES = { Greengrass: greengrassWire, IoT: iotWire, IoTData: iotDataWire };

const onlyReads = (operation: string) => /^(Describe|Get|List|Resolve|Search)/.test(operation);

const UNKNOWN = { name: 'operation', message: 'The requested operation is not recognized' };

const unknownOperation = (service: WireService) =>
  writeError(service, service.refuse('UNKNOWN_OPERATION', [UNKNOWN]));

/** Runs to an answer: an error that isn't the caller's is the service's. */
function answering(service: WireService, run: () => WireResponse): WireResponse {
  try {
    return run();
  } catch (error) {
    return writeError(service, error instanceof ApiError ? error : service.failed);
  }
}

function callerOf(home: DispatchOptions['home'], request: WireRequest): string {
  const accessKeyId = accessKeyOf(request);
  return accessKeyId === undefined ? 'anonymous' : userArn(home, accessKeyId);
}

/** Throws what a fault makes the service say before it looks at the input. */
function refuse(service: WireService, operation: string, fault: Fault | undefined, caller: string) {
  if (fault === 'accessDenied') throw service.denied(caller, operation);
  if (fault === 'throttle') throw service.throttled(1);
  if (fault === 'serverError') throw service.failed;
}

/** Finds the operations of requests and performs them. */
export type Dispatch = ReturnType<typeof createDispatch>;

export function createDispatch(options: DispatchOptions) {
  const { home, controlPlane, faults, quotas, onCall, onWrite } = options;
  const tokens = createPendingTokens();

  const find = (service: WireService, request: WireRequest) => {
    const schema = operationOf(service, request);
    const built: Readonly<Record<string, Operation>> = controlPlane.operations[service.name];
    const run = schema && built[schema.name];
    if (!run) return undefined;
    return {
      name: schema.name,
      read: () => readInput(service, schema, request),
      perform: (input: Input, call: Call) =>
        // `readInput` has checked the input against the schema of this operation, whose type it therefore has.
        answering(service, () => writeOutput(service, schema, { ...run(input as never, call) })),
    };
  };

  return {
    /** Answers a request in its service's form, whatever happens. */
    answer(request: WireRequest, call: Call, requestId: string): Dispatched {
      const service = serviceOf(request);
      const operation = find(service, request);
      if (!operation) return { response: unknownOperation(service), delaySeconds: 0 };
      const { name, read, perform } = operation;
      onCall(service.name, name);
      const fault = faults.next(`${service.name}.${name}`);
      if (fault === 'reset') return { response: undefined, delaySeconds: 0 };
      let input: Input | undefined;
      const response = answering(service, () => {
        const seconds = quotas?.refuse(service.name, name);
        if (seconds !== undefined) throw service.throttled(Math.max(1, Math.ceil(seconds)));
        refuse(service, name, fault, callerOf(home, request));
        const asked = read();
        tokens.check(name, asked);
        if (typeof fault === 'object') tokens.hold(name, asked, fault.slowSeconds);
        input = asked;
        return perform(asked, call);
      });
      if (!onlyReads(name))
        onWrite?.({ service, operation: name, request, input, response, requestId });
      return {
        response: fault === 'lostAnswer' ? undefined : response,
        delaySeconds: typeof fault === 'object' ? fault.slowSeconds : 0,
      };
    },

    /** Performs a call that was kept: nothing goes wrong, nobody counts it. */
    repeat({ service: name, method, path, query, body }: KeptCall): WireResponse {
      const service = SERVICES[name];
      const operation = find(service, {
        ...{ method, path, query, headers: {}, sourceIpAddress: '' },
        body: new TextEncoder().encode(body),
      });
      if (!operation) return unknownOperation(service);
      const { read, perform } = operation;
      return answering(service, () => perform(read(), { endpoint: '', atOnce: false }));
    },
  };
}
