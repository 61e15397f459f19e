import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from './step-functions/service-error.js';

/** More than any request that a served API takes: 6 MB for Lambda, escaped. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** A body as it came. What is over the limit is read to its end, so that the sender gets the answer. */
export async function readBytes(request: IncomingMessage, limit = BODY_LIMIT): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit)
    throw new ServiceError('RequestEntityTooLargeException', 'The request is too large.', 413);
  return Buffer.concat(chunks);
}

export const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request)).toString();

/** The JSON value of a body; an empty one is an empty object. */
export function parseBody(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return value;
  } catch (cause) {
    throw Object.assign(new ServiceError('SerializationException', 'The body is not JSON.'), {
      cause,
    });
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

/** An error as the services answer it: a `ServiceError` as itself, anything else as a fault of ours that is logged. */
export function asServiceError(error: unknown, onLog: (line: string) => void): ServiceError {
  if (error instanceof ServiceError) return error;
  onLog(`[local cloud] ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new ServiceError('InternalServerException', 'The local cloud failed; see its log.', 500);
}
