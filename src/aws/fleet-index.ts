import {
  GetIndexingConfigurationCommand,
  SearchIndexCommand,
  type IoTClient,
  type ThingDocument,
} from '@aws-sdk/client-iot';
import { translate } from './translate.js';

/** Fleet indexing: which things are found by what it knows of them. */
export function connectFleetIndex(client: IoTClient) {
  return {
    /** Whether it knows who is connected. */
    async hasConnectivity(): Promise<boolean> {
      const command = new GetIndexingConfigurationCommand({});
      const { thingIndexingConfiguration: indexing } = await client.send(command).catch(translate);
      return indexing?.thingConnectivityIndexingMode === 'STATUS';
    },

    /** All things that a query finds: one call per 100, the most that a page may have. */
    async search(queryString: string): Promise<ThingDocument[]> {
      const found: ThingDocument[] = [];
      let nextToken: string | undefined;
      do {
        const command = new SearchIndexCommand({ queryString, maxResults: 100, nextToken });
        const page = await client.send(command).catch(translate);
        found.push(...(page.things ?? []));
        nextToken = page.nextToken;
      } while (nextToken);
      return found;
    },
  };
}
