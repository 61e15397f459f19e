import { getThingShadow } from '../operations/get-thing-shadow.js';
import { listNamedShadowsForThing } from '../operations/list-named-shadows-for-thing.js';
import type { Services } from './services.js';

/** The AWS IoT data-plane operations that are built, by the name of the API. */
export const iotDataOperations = (services: Services) => ({
  GetThingShadow: getThingShadow(services),
  ListNamedShadowsForThing: listNamedShadowsForThing(services),
});
