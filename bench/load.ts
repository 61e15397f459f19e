import { Agent, request as send } from 'node:http';

/** A request that is sent again and again. */
export interface Repeated {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const CONNECTIONS = 16;

/** Sends one request and resolves to the answer's length; rejects unless it is a 200. */
const ask = (url: string, agent: Agent, { method, path, headers, body }: Repeated) =>
  new Promise<number>((resolve, reject) => {
    const outgoing = send(new URL(path, url), { agent, method, headers }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(bytes)
          : reject(new Error(`${method} ${path}: HTTP ${response.statusCode}`)),
      );
    });
    outgoing.on('error', reject).end(body);
  });

/** Sends a request so many times over 16 connections that stay open; resolves to the answers' bytes. */
export async function load(url: string, repeated: Repeated, times: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = times;
  let bytes = 0;
  const sendOn = async () => {
    while (left > 0) {
      left -= 1;
      const received = await ask(url, agent, repeated);
      bytes += received;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendOn)).finally(() => agent.destroy());
  return bytes;
}
