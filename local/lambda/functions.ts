import type { EmulatorClock } from '../../emulator/main.js';
import { TaskError } from '../asl/task-error.js';
import { seededIds } from '../seeded-ids.js';
import { ServiceError } from '../step-functions/service-error.js';
import { type RetryLimits, deliverEvent } from './event-delivery.js';
import { type Permission, type Registered, createFunctionRegistry } from './function-registry.js';
import type { Outcome } from './invoke-worker.js';
import type { LambdaFunction } from './lambda-function.js';
import type { SandboxOptions } from './sandbox.js';

export interface FunctionsOptions extends SandboxOptions {
  readonly clock: EmulatorClock;
  readonly account: string;
  readonly seed: number;
  /** Called at every invocation, whoever asked for it. */
  readonly onInvoke: () => void;
}

export interface Functions {
  create(lambda: LambdaFunction): void;
  /** Answers the version's number. */
  publishVersion(reference: string): string;
  setRetryLimits(reference: string, limits: Partial<RetryLimits>): void;
  /** A resource-based permission. */
  permit(reference: string, permission: Permission): void;
  isPermitted(reference: string, request: { principal: string; sourceArn: string }): boolean;
  /** By name, ARN or partial ARN, with or without a qualifier. Throws ResourceNotFoundException. */
  find(reference: string): LambdaFunction;
  list(): LambdaFunction[];
  invoke(reference: string, payload: string, requestId?: string): Promise<Outcome>;
  /** An event: accepted at once, delivered when time may move on, retried twice if the function fails. */
  invokeLater(reference: string, payload: string): string;
  /** For Task states: the result, or a rejection with the `TaskError` that Retry and Catch match. */
  invokeForTask(functionArn: string, payload: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Documented: 6 MB each way for a request that waits; 6,291,556 is the number that the answer's error names. */
const REQUEST_LIMIT = 6_291_456;
const RESPONSE_LIMIT = 6_291_556;
/** Documented: 1 MB for an event. */
const EVENT_LIMIT = 1_048_576;

/** Documented: a source ARN is compared by ArnLike, where `*` stands for any text and `?` for one character. */
const isLike = (pattern: string, arn: string): boolean => {
  const literal = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(arn);
};

const tooLarge = (limit: number) =>
  new ServiceError(
    'RequestTooLargeException',
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    413,
  );

function limited(outcome: Outcome): Outcome {
  if (outcome.isError || Buffer.byteLength(outcome.payload) <= RESPONSE_LIMIT) return outcome;
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${RESPONSE_LIMIT} bytes).`;
  return { isError: true, failure: { errorType: 'Function.ResponseSizeTooLarge', errorMessage } };
}

/** The functions of the local cloud. They run one at a time, in the order of the requests, and hold the clock. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { clock, seed, onInvoke, onLog } = options;
  const registry = createFunctionRegistry(options);
  const nextId = seededIds(seed, 'lambda request');
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const run = ({ lambda, sandbox }: Registered, payload: string, requestId: string) => {
    onInvoke();
    const release = clock.hold();
    const start = () => {
      if (isClosed) throw new Error('the local cloud is closed');
      return sandbox.invoke(requestId, payload);
    };
    const outcome = queue.then(start).then(limited);
    queue = outcome.catch((error: unknown) => onLog(`[${lambda.name}] ${String(error)}`));
    return outcome.finally(release);
  };

  const invoke: Functions['invoke'] = async (reference, payload, requestId = nextId()) => {
    const found = registry.find(reference);
    if (Buffer.byteLength(payload) > REQUEST_LIMIT) throw tooLarge(REQUEST_LIMIT);
    return run(found, payload, requestId);
  };

  return {
    create: (lambda) => registry.create(lambda),
    publishVersion: (reference) => String((registry.find(reference).versions += 1)),
    setRetryLimits(reference, limits) {
      const found = registry.find(reference);
      found.limits = { ...found.limits, ...limits };
    },
    permit: (reference, permission) => void registry.find(reference).permissions.push(permission),
    isPermitted: (reference, { principal, sourceArn }) =>
      registry
        .find(reference)
        .permissions.some(
          (given) =>
            given.principal === principal &&
            (given.sourceArn === undefined || isLike(given.sourceArn, sourceArn)),
        ),
    find: (reference) => registry.find(reference).lambda,
    list: () => registry.all().map(({ lambda }) => lambda),
    invoke,
    invokeLater(reference, payload) {
      const target = registry.find(reference);
      if (Buffer.byteLength(payload) > EVENT_LIMIT) throw tooLarge(EVENT_LIMIT);
      const id = nextId();
      const attempt = () => run(target, payload, id);
      const { name: functionName } = target.lambda;
      deliverEvent(options, { id, functionName, limits: () => target.limits, attempt });
      return id;
    },
    invokeForTask: async (functionArn, payload) =>
      taskResult(await invoke(functionArn, JSON.stringify(payload)).catch(asTaskError)),
    async close() {
      isClosed = true;
      await Promise.all(registry.all().map(({ sandbox }) => sandbox.close()));
    },
  };
}

/** Documented: Step Functions names the Lambda API's own errors `Lambda.<exception>`. */
function asTaskError(error: unknown): never {
  if (error instanceof ServiceError) throw new TaskError(`Lambda.${error.name}`, error.message);
  throw error;
}

function taskResult(outcome: Outcome): unknown {
  if (outcome.isError)
    throw new TaskError(outcome.failure.errorType, JSON.stringify(outcome.failure));
  const result: unknown = JSON.parse(outcome.payload);
  return result;
}
