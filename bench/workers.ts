import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

/** A job that a worker process does; it travels as a message, and so does what comes of it. */
export type Job = string;

type Answer = { readonly result: unknown } | { readonly error: string };

/** In a worker process: does what it is sent until it is disconnected. Answers false in the first process. */
export function serveJobs(work: (job: Job) => Promise<unknown>): boolean {
  if (!process.send) return false;
  const answer = (message: Answer) => void process.send?.(message);
  process.on('message', (job: Job) => {
    work(job).then(
      (result) => answer({ result }),
      (error: unknown) =>
        answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  return true;
}

/** A worker process of this very program, which does one job after the other. */
export interface Worker {
  /** Resolves to what comes of the job; rejects where it fails or the process dies. */
  ask(job: Job): Promise<unknown>;
  stop(): void;
}

export function startWorker(): Worker {
  const [, program = ''] = process.argv;
  const worker = fork(program, { execArgv: process.execArgv });
  const exit = once(worker, 'exit').then(() => [{ error: 'a worker process has died' }]);
  return {
    async ask(job) {
      worker.send(job);
      const [answer] = (await Promise.race([once(worker, 'message'), exit])) as [Answer];
      if ('error' in answer) throw new Error(`${job}: ${answer.error}`);
      return answer.result;
    },
    stop() {
      if (worker.connected) worker.disconnect();
    },
  };
}

/**
 * Does the jobs in worker processes of this very program, one per processor, each one job at a time. `onResult` hears of
 * each as it comes; rejects with the first that fails.
 */
export async function runJobs(
  jobs: readonly Job[],
  onResult: (job: Job, result: unknown) => void,
): Promise<void> {
  const waiting = [...jobs];
  const runSome = async () => {
    const worker = startWorker();
    try {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift())
        onResult(job, await worker.ask(job));
    } finally {
      worker.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, runSome));
}
