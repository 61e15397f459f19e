import { TestEnvironment } from 'jest-environment-node';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The host for local clouds as built for tests; not in `dist`, which ships. */
export const HOST = fileURLToPath(
  new URL('../../node_modules/.cache/greenwave/host.mjs', import.meta.url),
);

let host;
const sharedHost = () =>
  (host ??= import(pathToFileURL(HOST).href).then(({ startHost }) => startHost()));

/** Jest's environment for Node, where all test files of a worker process have one host, with functions that stay warm. */
export default class HostEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.sharedHost = sharedHost;
  }
}
