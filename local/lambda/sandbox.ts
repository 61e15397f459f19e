import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Outcome, invokeWorker } from './invoke-worker.js';
import { type LambdaFunction, bundleOf, environmentOf } from './lambda-function.js';
import { type WorkerData, WorkerMessage } from './messages.js';
import type { WarmWorkers } from './warm-workers.js';

export interface SandboxOptions {
  /** The package root: bundles and the worker's own entry are below it. */
  readonly root: string;
  readonly region: string;
  readonly url: string;
  readonly onLog: (line: string) => void;
  /**
   * Asked before each invocation of a function, counted from 1: whether its worker is to die between the handler's
   * effect and its answer, as an environment on Lambda may at any moment. Left out: never.
   */
  readonly killAfterEffect?: ((functionName: string, invocation: number) => boolean) | undefined;
  /** Whence a worker that is loaded already, and whither it goes at the end; left out: started and ended here. */
  readonly warmWorkers?: WarmWorkers | undefined;
}

export interface Sandbox {
  invoke(requestId: string, payload: string): Promise<Outcome>;
  close(): Promise<void>;
}

/** Documented: Lambda gives the code 10 s to load, beside the function's own time limit. */
const LOAD_LIMIT_MS = 10_000;

/** All that a worker is started with; as text it is the key under which it is kept warm. */
function startOf(lambda: LambdaFunction, { root, region, url }: SandboxOptions) {
  const workerData: WorkerData = {
    ...bundleOf(lambda.handler, root),
    functionName: lambda.name,
    functionArn: lambda.arn,
    memorySize: lambda.memorySize,
  };
  return { env: environmentOf(lambda, { region, url, root }), workerData, execArgv: [] };
}

function startWorker(root: string, start: ReturnType<typeof startOf>): Worker {
  const entry = join(root, 'dist/lambda-worker.mjs');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: the package is not built.`);
  return new Worker(entry, start);
}

/** A worker that has loaded its code, or will; and how to be rid of it, or to leave it to the next local cloud. */
function obtainWorker(lambda: LambdaFunction, options: SandboxOptions) {
  const { root, onLog, warmWorkers } = options;
  const start = startOf(lambda, options);
  const key = JSON.stringify(start);
  const kept = warmWorkers?.take(key);
  const worker = kept ?? startWorker(root, start);
  const log = (value: unknown) => {
    const message = WorkerMessage.parse(value);
    if (message.type === 'wrote') onLog(`[${lambda.name}] ${message.line}`);
  };
  worker.on('message', log);
  const leave = async (isIdle: boolean): Promise<void> => {
    worker.off('message', log);
    if (warmWorkers && isIdle) warmWorkers.keep(key, worker);
    else await worker.terminate();
  };
  return { worker, isLoaded: kept !== undefined, leave };
}

/**
 * One warm worker thread for one function, started at the first invocation and again after it died.
 * One invocation at a time; the caller sees to that.
 */
export function createSandbox(lambda: LambdaFunction, options: SandboxOptions): Sandbox {
  let warm: ReturnType<typeof obtainWorker> | undefined;
  let invocations = 0;
  let isIdle = true;
  return {
    invoke(requestId, payload) {
      invocations += 1;
      const isNew = warm === undefined;
      const used = (warm ??= obtainWorker(lambda, options));
      const { worker } = used;
      const loadMs = isNew && !used.isLoaded ? LOAD_LIMIT_MS : 0;
      const forget = () => {
        if (warm === used) warm = undefined;
      };
      worker.once('exit', forget);
      isIdle = false;
      const diesAfterEffect = options.killAfterEffect?.(lambda.name, invocations) ?? false;
      const limitMs = lambda.timeoutSeconds * 1000;
      const request = { requestId, payload, limitMs, loadMs, diesAfterEffect };
      return invokeWorker(worker, request, () => {
        forget();
        void worker.terminate();
      }).finally(() => {
        isIdle = true;
        worker.off('exit', forget);
      });
    },
    async close() {
      await warm?.leave(isIdle);
      warm = undefined;
    },
  };
}
