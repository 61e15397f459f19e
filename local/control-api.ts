import type { Emulator } from '../emulator/main.js';
import type { Listener } from './api.js';
import { send } from './http-messages.js';
import type { PublishedMessage } from './sns/topics.js';

interface Controlled {
  readonly emulator: Pick<Emulator, 'handle'>;
  readonly calls: () => Record<string, number>;
  readonly messages: () => readonly PublishedMessage[];
}

/**
 * What AWS has no counterpart for, below `/_greenwave/`: the counts of calls and what was published. The rest there, the
 * clock for one, is the emulator's.
 */
export function controlListener({ emulator, calls, messages }: Controlled): Listener {
  const own = new Map<string, () => unknown>([
    ['/_greenwave/calls', calls],
    ['/_greenwave/messages', messages],
  ]);
  return (request, response) => {
    const read = request.method === 'GET' ? own.get(request.url ?? '') : undefined;
    if (read) send(response, 200, JSON.stringify(read()));
    else emulator.handle(request, response);
  };
}
