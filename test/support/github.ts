import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { closing } from './closing.js';

/** GitHub's API as far as releases read it: these texts by path and query, everything else is 404. */
export async function startGithub(files: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const failing = { status: 0 };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push(path);
    const text = files[path];
    if (failing.status > 0) response.writeHead(failing.status).end('{}');
    else if (text === undefined) response.writeHead(404).end('{"message":"Not Found"}');
    else response.writeHead(200).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing({
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked, failing };
}
