import { dynamoDbClient, greengrassClient } from './clients.js';
import { connectComponents } from './components.js';
import { environment } from './environment.js';
import { connectReleases } from './releases.js';

// Ports of the release machine, apart from those in connected.ts: no other function's bundle has them.
export const components = /* @__PURE__ */ connectComponents(greengrassClient);
export const releases = /* @__PURE__ */ connectReleases(dynamoDbClient, environment.TABLE_NAME);
