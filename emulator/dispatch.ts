import type { Call } from './control-plane/call.js';
import type { ControlPlane } from './control-plane/control-plane.js';
import { ApiError } from './errors.js';
import type { Fault, Faults } from './faults.js';
import type { Quotas } from './quotas.js';
import { readInput } from './wire/read-input.js';
import {
  operationOf,
  writeError,
  writeOutput,
  type WireRequest,
  type WireResponse,
  type WireService,
} from './wire/rest-json.js';
import { greengrassWire, iotWire } from './wire/services.js';

export interface DispatchOptions {
  readonly controlPlane: ControlPlane;
  readonly faults: Pick<Faults, 'next'>;
  /** Left out: no request is one too many. */
  readonly quotas?: Quotas | undefined;
  /** Counts a request to an operation, whatever becomes of it. */
  readonly onCall: (service: WireService['name'], operation: string) => void;
}

/** What is sent back, and after how long in real time; without a response the connection is reset instead. */
export interface Dispatched {
  readonly response: WireResponse | undefined;
  readonly delaySeconds: number;
}

type Operation = (request: never, call: Call) => object;

/** How far into the signature its credential is looked for. */
const LONGEST_CREDENTIAL = 1024;

/** The service by the credential scope of the signature; an unsigned request by who has its operation. */
function serviceOf(request: WireRequest): WireService {
  const signature = String(request.headers.authorization).slice(0, LONGEST_CREDENTIAL);
  const [, scope] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(signature) ?? [];
  if (scope !== undefined) return scope === 'greengrass' ? greengrassWire : iotWire;
  return operationOf(iotWire, request) ? iotWire : greengrassWire;
}

const UNKNOWN = { name: 'operation', message: 'The requested operation is not recognized' };

/** Runs to an answer: an error that isn't the caller's is the service's. */
function answering(service: WireService, run: () => WireResponse): WireResponse {
  try {
    return run();
  } catch (error) {
    return writeError(service, error instanceof ApiError ? error : service.failed);
  }
}

/** Finds the operation of a request, performs it, and answers in its service's form whatever happens. */
export function createDispatch({ controlPlane, faults, quotas, onCall }: DispatchOptions) {
  const find = (service: WireService, request: WireRequest) => {
    const schema = operationOf(service, request);
    const built: Readonly<Record<string, Operation>> = controlPlane.operations[service.name];
    const run = schema && built[schema.name];
    return run && { schema, run };
  };

  const refuse = (service: WireService, operation: string, fault: Fault | undefined) => {
    const seconds = quotas?.refuse(service.name, operation);
    if (seconds !== undefined) throw service.throttled(Math.max(1, Math.ceil(seconds)));
    if (fault === 'throttle') throw service.throttled(1);
    if (fault === 'serverError') throw service.failed;
  };

  return (request: WireRequest, call: Call): Dispatched => {
    const service = serviceOf(request);
    const operation = find(service, request);
    if (!operation) {
      const response = writeError(service, service.refuse('UNKNOWN_OPERATION', [UNKNOWN]));
      return { response, delaySeconds: 0 };
    }
    const { schema, run } = operation;
    onCall(service.name, schema.name);
    const fault = faults.next(`${service.name}.${schema.name}`);
    if (fault === 'reset') return { response: undefined, delaySeconds: 0 };
    const response = answering(service, () => {
      refuse(service, schema.name, fault);
      const input = readInput(service, schema, request);
      // `readInput` has checked the input against the schema of this operation, whose type it therefore has.
      return writeOutput(service, schema, { ...run(input as never, call) });
    });
    return {
      response: fault === 'lostAnswer' ? undefined : response,
      delaySeconds: typeof fault === 'object' ? fault.slowSeconds : 0,
    };
  };
}
