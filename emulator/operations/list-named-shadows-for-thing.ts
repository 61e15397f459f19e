import type {
  ListNamedShadowsForThingRequest,
  ListNamedShadowsForThingResponse,
} from '@aws-sdk/client-iot-data-plane';
import type { Checked } from '../wire/checked.js';
import { DEPLOYMENT_SHADOW, hasDeploymentShadow } from '../control-plane/deployment-shadow.js';
import { page, shadowPages } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** The names of a thing's shadows: none, or that of its deployments. */
export const listNamedShadowsForThing =
  ({ cloud, registry }: Pick<Services, 'cloud' | 'registry'>) =>
  (request: Checked<ListNamedShadowsForThingRequest>): ListNamedShadowsForThingResponse => {
    const { thingName, pageSize: maxResults, nextToken } = request;
    registry.thing(thingName);
    const names = hasDeploymentShadow(cloud, thingName) ? [DEPLOYMENT_SHADOW] : [];
    const asked = { maxResults, nextToken };
    const { items, nextToken: next } = page(names, (name) => name, asked, shadowPages);
    return { results: items, nextToken: next, timestamp: Math.floor(cloud.clock.now() / 1000) };
  };
