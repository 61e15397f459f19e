import type { SearchIndexRequest, SearchIndexResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { checkIndex } from '../control-plane/fleet-index.js';
import { page, searchPages } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';
import { parseThingQuery, thingDocument } from '../control-plane/thing-query.js';

/** Fleet indexing, as far as fleets ask it for connectivity. */
export const searchIndex =
  ({ cloud, registry }: Pick<Services, 'cloud' | 'registry'>) =>
  (request: Checked<SearchIndexRequest>): SearchIndexResponse => {
    checkIndex(request);
    const test = parseThingQuery(registry, request.queryString);
    const found = [...cloud.things.values()].filter(test);
    const { items, nextToken } = page(found, (thing) => thing.thingName, request, searchPages);
    return { things: items.map((thing) => thingDocument(registry, thing)), nextToken };
  };
