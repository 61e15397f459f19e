import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Enough for a name of 100,000 characters, each percent-encoded from four bytes: its refusal then names the member. */
const LONGEST_HEAD = 2 * 1024 * 1024;

/** The answer to what is no HTTP request, in the form of Greengrass. */
function refusal(error: Error): string {
  const body = JSON.stringify({
    message: `The request can't be read as HTTP: ${error.message}`,
    reason: 'CANNOT_PARSE',
  });
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/json',
    'x-amzn-errortype: ValidationException',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return [...head, '', body].join('\r\n');
}

/**
 * An HTTP server that answers whatever comes in, or closes the connection. What can't be read as HTTP is refused after the
 * answers to the requests before it on the same connection.
 */
export function createHttpServer(listener: RequestListener): Server {
  const unanswered = new WeakMap<Duplex, Set<ServerResponse>>();
  const server = createServer({ maxHeaderSize: LONGEST_HEAD, requireHostHeader: false }, listener);
  server.on('request', (request, response) => {
    const responses = unanswered.get(request.socket) ?? new Set();
    unanswered.set(request.socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  server.on('clientError', (error, socket) => {
    const refuse = () => {
      if (socket.writable) socket.end(refusal(error));
      else socket.destroy();
    };
    // A request that hasn't come in completely is the one that can't be read.
    const last = [...(unanswered.get(socket) ?? [])].filter(({ req }) => req.complete).at(-1);
    if (last) last.once('close', refuse);
    else refuse();
  });
  // An expectation that HTTP doesn't know is no reason not to answer.
  server.on('checkExpectation', listener);
  return server;
}
