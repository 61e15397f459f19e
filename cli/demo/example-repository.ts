import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The repository of the example, as GitHub's API would give its files at the tag. */
export interface ExampleRepository {
  readonly url: string;
  close(): void;
}

const CONTENTS = /^\/repos\/example\/thermostat\/contents\/([\w.]+)\?ref=v1\.3\.0$/;

/** Serves the files of a folder on 127.0.0.1 in place of GitHub. */
export async function serveRepository(folder: string): Promise<ExampleRepository> {
  const server = createServer((request, response) => {
    const [, name] = CONTENTS.exec(request.url ?? '') ?? [];
    const text = name === undefined ? Promise.reject(new Error()) : readFile(join(folder, name));
    text.then(
      (found) => response.writeHead(200).end(found),
      () => response.writeHead(404).end('{"message":"Not Found"}'),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
