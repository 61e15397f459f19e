import type { Worker } from 'node:worker_threads';

/**
 * Worker threads of functions that no local cloud uses just now, loaded and idle, each by what it was started with. They keep
 * no process from ending.
 */
export interface WarmWorkers {
  /** The worker that was kept for just this start, which is kept no longer; undefined where there is none. */
  take(startedWith: string): Worker | undefined;
  keep(startedWith: string, worker: Worker): void;
  close(): Promise<void>;
}

export function createWarmWorkers(): WarmWorkers {
  const idle = new Map<string, { worker: Worker; forget: () => void }>();
  return {
    take(startedWith) {
      const kept = idle.get(startedWith);
      if (!kept) return undefined;
      idle.delete(startedWith);
      kept.worker.ref();
      return kept.worker.off('exit', kept.forget);
    },
    keep(startedWith, worker) {
      const forget = () => void idle.delete(startedWith);
      worker.once('exit', forget).unref();
      idle.set(startedWith, { worker, forget });
    },
    async close() {
      await Promise.all([...idle.values()].map(({ worker }) => worker.terminate()));
    },
  };
}
