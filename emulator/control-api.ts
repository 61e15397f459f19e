import * as z from 'zod';
import type { Clock } from './clock.js';
import { AnyFault, Times } from './faults.js';
import type { Inject } from './inject.js';
import type { Inspect } from './inspect.js';
import { StatusChange } from './status-change.js';
import { JSON_TYPE, lengthOf, type WireRequest, type WireResponse } from './wire/rest-json.js';

/** Where what AWS has no counterpart for is served: clock, inspection and injection, for programs in any language. */
export const CONTROL_PATH = '/_greenwave/';

const thing = z.string();
const Advance = z.strictObject({ advanceSeconds: z.number().min(0) });
const Injection = z.discriminatedUnion('does', [
  z.strictObject({ does: z.enum(['online', 'offline', 'stick', 'retire']), thing }),
  z.strictObject({ does: z.enum(['join', 'leave']), thing, group: z.string() }),
  StatusChange.extend({
    does: z.literal('componentState'),
    component: z.string(),
    version: z.string(),
  }),
  z.strictObject({ does: z.literal('break'), thing, component: z.string() }),
  z.strictObject({
    does: z.literal('fault'),
    operation: z.string(),
    fault: AnyFault,
    times: Times.default(1),
  }),
]);
type Injection = z.infer<typeof Injection>;

function happen(inject: Inject, injection: Injection): void {
  switch (injection.does) {
    case 'join':
    case 'leave':
      return inject[injection.does](injection.thing, injection.group);
    case 'componentState': {
      const { does: _, component, version, ...change } = injection;
      return inject.componentState(component, version, change);
    }
    case 'break':
      return inject.breakComponent(injection.thing, injection.component);
    case 'fault':
      return inject.fault(injection.operation, injection.fault, injection.times);
    default:
      return inject[injection.does](injection.thing);
  }
}

function json(status: number, value: unknown): WireResponse {
  const body = JSON.stringify(value);
  return { status, headers: { ...JSON_TYPE, ...lengthOf(body) }, body };
}

/** A body that is checked; throws what is wrong with it, by field. */
function parseBody<T>(schema: z.ZodType<T>, body: WireRequest['body']): T {
  if (body === 'too long') throw new Error('body: is too long');
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(body)));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(`${first?.path.join('.') || 'body'}: ${first?.message}`);
}

interface Controlled {
  readonly clock: Pick<Clock, 'now' | 'moment' | 'advance' | 'timeScale'>;
  readonly inspect: Inspect;
  readonly inject: Inject;
}

type Serve = (argument: string, body: WireRequest['body']) => unknown;

/** Answers requests below the control path. What can't be done is a 400 that says why; what isn't there a 404. */
export function createControlApi({ clock, inspect, inject }: Controlled) {
  const time = () => ({
    now: new Date(clock.moment(() => clock.now())).toISOString(),
    timeScale: clock.timeScale,
  });
  const routes = new Map<string, Serve>([
    ['GET clock', time],
    [
      'POST clock',
      async (_, body) => {
        await clock.advance(parseBody(Advance, body).advanceSeconds);
        return time();
      },
    ],
    ['GET calls', () => inspect.calls()],
    ['GET devices', (name) => (name === '' ? inspect.devices() : inspect.device(name))],
    ['GET versions', (component) => inspect.versions(component)],
    ['GET deployments', () => inspect.deployments()],
    [
      'POST inject',
      (_, body) => {
        happen(inject, parseBody(Injection, body));
        return {};
      },
    ],
  ]);

  return async ({ method, path, body }: WireRequest): Promise<WireResponse> => {
    const [name = '', ...rest] = path.slice(CONTROL_PATH.length).split('/');
    const serve = routes.get(`${method} ${name}`);
    if (!serve) return json(404, { message: `There is no ${method} ${path}` });
    try {
      return json(200, await serve(decodeURIComponent(rest.join('/')), body));
    } catch (error) {
      return json(400, { message: error instanceof Error ? error.message : String(error) });
    }
  };
}
