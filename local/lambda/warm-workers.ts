import type { Worker } from 'node:worker_threads';

/** Worker threads of functions that no local cloud uses just now, loaded and idle, each by what it was started with. */
export interface WarmWorkers {
  /** The worker that was kept for just this start, which is kept no longer; undefined where there is none. */
  take(startedWith: string): Worker | undefined;
  keep(startedWith: string, worker: Worker): void;
  close(): Promise<void>;
}

export function createWarmWorkers(): WarmWorkers {
  const idle = new Map<string, Worker>();
  return {
    take(startedWith) {
      const worker = idle.get(startedWith);
      idle.delete(startedWith);
      return worker;
    },
    keep(startedWith, worker) {
      idle.set(startedWith, worker);
      worker.once('exit', () => {
        if (idle.get(startedWith) === worker) idle.delete(startedWith);
      });
    },
    async close() {
      await Promise.all([...idle.values()].map((worker) => worker.terminate()));
    },
  };
}
