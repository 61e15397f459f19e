import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createWarmWorkers } from '../../../local/lambda/warm-workers.js';

const startIdle = () => new Worker('setInterval(() => {}, 1000)', { eval: true });

test('a worker is given once, to who starts just the same, and bears no trace of having been kept', async () => {
  const warm = createWarmWorkers();
  const worker = startIdle();
  const listeners = worker.listenerCount('exit');
  warm.keep('one', worker);
  expect(warm.take('another')).toBeUndefined();
  expect(warm.take('one')).toBe(worker);
  expect(warm.take('one')).toBeUndefined();
  expect(worker.listenerCount('exit')).toBe(listeners);
  await worker.terminate();
});

test('a worker that ends while it is kept is not given', async () => {
  const warm = createWarmWorkers();
  const worker = startIdle();
  warm.keep('one', worker);
  await worker.terminate();
  expect(warm.take('one')).toBeUndefined();
});

test('what is kept ends with the keeping', async () => {
  const warm = createWarmWorkers();
  const worker = startIdle();
  await once(worker, 'online');
  warm.keep('one', worker);
  await warm.close();
  // Documented: of a thread that has ended, the id is -1.
  expect(worker.threadId).toBe(-1);
});
