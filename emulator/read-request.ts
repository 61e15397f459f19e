import type { IncomingMessage } from 'node:http';
import type { WireRequest } from './wire/rest-json.js';

/** The longest body that is read: a deployment document may have 10 MB. */
const LONGEST_BODY = 16 * 1024 * 1024;
/** So much of a longer one is taken in and dropped, so that whoever sends it hears why it is refused. */
const LONGEST_DROPPED = 64 * 1024 * 1024;

/** A request with its body. Rejects where the caller hangs up, or would send for ever. */
export async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LONGEST_DROPPED) throw new Error('The body has no end');
    if (size <= LONGEST_BODY) chunks.push(chunk);
  }
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: request.headers,
    body: size > LONGEST_BODY ? 'too long' : Buffer.concat(chunks),
    sourceIpAddress: request.socket.remoteAddress ?? 'unknown',
  };
}
