import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Listener } from '../api.js';
import { readBytes, send } from '../http-messages.js';
import type { Functions } from '../lambda/functions.js';
import type { Outcome } from '../lambda/invoke-worker.js';
import { seededIds } from '../seeded-ids.js';
import { ServiceError } from '../step-functions/service-error.js';
import { proxyEvent } from './proxy-event.js';
import { type RouteKey, parseRouteKey, pathParameters } from './route-key.js';

/** HTTP APIs of API Gateway, on the local cloud's own port: their paths go before those of the emulator. */
export interface HttpApis {
  /** Answers the API's id. */
  createApi(): string;
  /** Answers the integration's id. */
  createIntegration(apiId: string, functionArn: string): string;
  /** Throws on what can't be routed. */
  createRoute(apiId: string, routeKey: string, integrationId: string): void;
  /** Whether the path is below the first part of a route's. */
  isOurs(path: string): boolean;
  readonly listener: Listener;
}

export interface HttpApisOptions {
  readonly clock: { now(): number; wake(): void };
  readonly region: string;
  readonly account: string;
  readonly seed: number;
  readonly functions: Pick<Functions, 'invoke' | 'find' | 'isPermitted'>;
  readonly onLog: (line: string) => void;
}

interface Route extends RouteKey {
  readonly apiId: string;
  readonly functionArn: string;
}

/** Documented: a payload of at most 10 MB. */
const BODY_LIMIT = 10 * 1024 * 1024;

const Answer = z.looseObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

const parts = (path: string) => path.split('/').filter(Boolean).map(decodeURIComponent);
const told = (response: ServerResponse, status: number, message: string) =>
  send(response, status, JSON.stringify({ message }));

/** Documented: an answer without a statusCode is the body of a 200. What is no answer at all is a fault of the function's. */
function answer(response: ServerResponse, outcome: Outcome): void {
  if (outcome.isError) return told(response, 500, 'Internal Server Error');
  const value: unknown = JSON.parse(outcome.payload);
  const hasStatus = z.looseObject({ statusCode: z.unknown() }).safeParse(value);
  if (!hasStatus.success || hasStatus.data.statusCode === undefined)
    return send(response, 200, outcome.payload);
  const parsed = Answer.safeParse(value);
  if (!parsed.success) return told(response, 500, 'Internal Server Error');
  const { statusCode, headers, body, isBase64Encoded } = parsed.data;
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  send(response, statusCode, bytes, headers);
}

/** Starts API Gateway without APIs. */
export function createHttpApis(options: HttpApisOptions): HttpApis {
  const { clock, region, account, functions, onLog } = options;
  const nextApi = seededIds(options.seed, 'http api');
  const nextRequest = seededIds(options.seed, 'http request');
  const integrations = new Map<string, string>();
  const routes: Route[] = [];

  const routeOf = (method: string, path: readonly string[]) => {
    for (const route of routes) {
      if (route.method !== method && route.method !== 'ANY') continue;
      const parameters = pathParameters(route, path);
      if (parameters) return { route, parameters };
    }
    return undefined;
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const found = routeOf(request.method ?? 'GET', parts(path));
    if (!found) return told(response, 404, 'Not Found');
    const { apiId, functionArn, key, method } = found.route;
    const sourceArn = `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${method}${path}`;
    if (!functions.isPermitted(functionArn, { principal: 'apigateway.amazonaws.com', sourceArn })) {
      onLog(`[${functionArn}] was not invoked: no AWS::Lambda::Permission lets ${sourceArn} do it`);
      return told(response, 500, 'Internal Server Error');
    }
    const body = await readBytes(request, BODY_LIMIT);
    const routed = { request, body, path, query, routeKey: key, apiId, account, region };
    const common = { pathParameters: found.parameters, requestId: nextRequest(), now: clock.now() };
    const event = proxyEvent({ ...routed, ...common });
    answer(response, await functions.invoke(functionArn, JSON.stringify(event)));
    clock.wake();
  }

  return {
    createApi: () => nextApi().replaceAll('-', '').slice(0, 10),
    createIntegration(apiId, functionArn) {
      functions.find(functionArn);
      const id = nextApi().slice(0, 7);
      integrations.set(`${apiId}/${id}`, functionArn);
      return id;
    },
    createRoute(apiId, routeKey, integrationId) {
      const functionArn = integrations.get(`${apiId}/${integrationId}`);
      if (functionArn === undefined)
        throw new ServiceError('NotFoundException', `There is no integration ${integrationId}.`);
      routes.push({ ...parseRouteKey(routeKey), apiId, functionArn });
    },
    isOurs: (path) => routes.some((route) => route.parts[0] === path.split(/[/?]/)[1]),
    listener: (request, response) =>
      void serve(request, response).catch((error: unknown) => {
        if (error instanceof ServiceError && error.statusCode === 413)
          return told(response, 413, 'Request Entity Too Large');
        onLog(`[http api] ${String(error)}`);
        told(response, error instanceof URIError ? 400 : 500, 'Internal Server Error');
      }),
  };
}
