import * as z from 'zod';
import type { EmulatorClock } from '../emulator/main.js';
import type { RestAnswer, RestRoute } from './api.js';
import { parseBody } from './http-messages.js';
import type { PublishedMessage } from './sns/topics.js';
import { ServiceError } from './step-functions/service-error.js';

const Advance = z.strictObject({ advanceSeconds: z.number().min(0) });

const json = (value: unknown): RestAnswer => ({ status: 200, body: JSON.stringify(value) });

/** What AWS has no counterpart for, below `/_greenwave/`: the clock, the counts of calls, what was published. */
export function controlRoutes({
  clock,
  calls,
  messages,
}: {
  readonly clock: EmulatorClock;
  readonly calls: () => Record<string, number>;
  readonly messages: () => readonly PublishedMessage[];
}): RestRoute[] {
  const state = () =>
    json({ now: new Date(clock.now()).toISOString(), timeScale: clock.timeScale });
  return [
    { operation: 'ReadClock', method: 'GET', path: ['_greenwave', 'clock'], answer: state },
    {
      operation: 'AdvanceClock',
      method: 'POST',
      path: ['_greenwave', 'clock'],
      answer: async ({ body }) => {
        const result = Advance.safeParse(parseBody(body));
        if (!result.success)
          throw new ServiceError('ValidationException', 'The clock takes {"advanceSeconds": n}.');
        await clock.advance(result.data.advanceSeconds);
        return state();
      },
    },
    {
      operation: 'ReadCalls',
      method: 'GET',
      path: ['_greenwave', 'calls'],
      answer: () => json(calls()),
    },
    {
      operation: 'ReadMessages',
      method: 'GET',
      path: ['_greenwave', 'messages'],
      answer: () => json(messages()),
    },
  ];
}
