import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from './api.js';
import { send } from './http-messages.js';

/** Who serves what: by the prefix of `X-Amz-Target`, by the signed service name, by the first part of the path. */
export interface Routes {
  readonly byTarget: ReadonlyMap<string, Listener>;
  readonly byScope: ReadonlyMap<string, Listener>;
  readonly byPath: ReadonlyMap<string, Listener>;
  /** Serves unsigned requests that no path claims. */
  readonly fallback: Listener;
}

/** Documented: `Credential=<key>/<date>/<region>/<service>/aws4_request`, in the header of a signed request. */
const signedService = ({ headers }: IncomingMessage): string | undefined =>
  /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1];

const unknownService =
  (service: string): Listener =>
  (request, response) => {
    const message = `The local cloud does not serve ${service} (${request.method} ${request.url}).`;
    send(response, 404, JSON.stringify({ message, Message: message }), {
      'x-amzn-errortype': 'UnknownServiceException',
    });
  };

function listenerFor(request: IncomingMessage, routes: Routes): Listener {
  const [, first = ''] = (request.url ?? '/').split(/[/?]/);
  if (first.startsWith('_')) return routes.byPath.get(first) ?? unknownService(first);
  const target = request.headers['x-amz-target'];
  const [prefix = ''] = String(target).split('.');
  if (target !== undefined) return routes.byTarget.get(prefix) ?? unknownService(prefix);
  const service = signedService(request);
  if (service !== undefined) return routes.byScope.get(service) ?? unknownService(service);
  return routes.byPath.get(first) ?? routes.fallback;
}

/** Until the routes are known, the server answers 503; nothing is lost as nobody has its address yet. */
export interface LocalServer {
  readonly url: string;
  /** Without routes it is as before the first ones, and keeps no process from ending. */
  serve(routes: Routes | undefined): void;
  close(): Promise<void>;
}

const starting: Listener = (_, response) => send(response, 503, '{"message":"starting"}');

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Opens the one port of the local cloud, on the loopback interface only. */
export async function startServer(port: number): Promise<LocalServer> {
  let route: (request: IncomingMessage) => Listener = () => starting;
  const server = createServer((request, response) => route(request)(request, response));
  const actual = await listening(server, port);
  return {
    url: `http://127.0.0.1:${actual}`,
    serve(routes) {
      route = routes ? (request) => listenerFor(request, routes) : () => starting;
      if (routes) return void server.ref();
      server.closeIdleConnections();
      server.unref();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
