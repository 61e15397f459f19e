import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Emulator } from '../emulator/main.js';
import type { Listener } from './api.js';
import { parseBody, readBody, send } from './http-messages.js';
import { type Outages, SERVICES } from './outages.js';
import type { PublishedMessage } from './sns/topics.js';

interface Controlled {
  readonly emulator: Pick<Emulator, 'handle'>;
  readonly calls: () => Record<string, number>;
  readonly messages: () => readonly PublishedMessage[];
  readonly outages: Outages;
}

const Down = z.strictObject({ services: z.array(z.enum(SERVICES)) });

async function setOutages(outages: Outages, request: IncomingMessage, response: ServerResponse) {
  const wanted = Down.safeParse(await readBody(request).then(parseBody, () => undefined));
  if (wanted.success) outages.set(wanted.data.services);
  const body = wanted.success
    ? { services: outages.list() }
    : { message: `give { "services": [...] }, of ${SERVICES.join(', ')}` };
  send(response, wanted.success ? 200 : 400, JSON.stringify(body));
}

/**
 * What AWS has no counterpart for, below `/_greenwave/`: the counts of calls, what was published, which services are down. The
 * rest there, the clock for one, is the emulator's.
 */
export function controlListener({ emulator, calls, messages, outages }: Controlled): Listener {
  const own = new Map<string, () => unknown>([
    ['/_greenwave/calls', calls],
    ['/_greenwave/messages', messages],
    ['/_greenwave/outages', () => ({ services: outages.list() })],
  ]);
  return (request, response) => {
    const read = request.method === 'GET' ? own.get(request.url ?? '') : undefined;
    if (read) send(response, 200, JSON.stringify(read()));
    else if (request.method === 'POST' && request.url === '/_greenwave/outages')
      void setOutages(outages, request, response);
    else emulator.handle(request, response);
  };
}
