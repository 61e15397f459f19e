import {
  GetIndexingConfigurationCommand,
  SearchIndexCommand,
  type IoTClient,
} from '@aws-sdk/client-iot';
import * as z from 'zod';
import { translate } from '../translate.js';

const Found = z.object({
  thingName: z.string(),
  connectivity: z.object({ connected: z.boolean(), timestamp: z.number().nullish() }).nullish(),
});
type Found = z.infer<typeof Found>;

/** What fleet indexing knows of who is connected. */
export function connectConnectivity(client: IoTClient) {
  async function isIndexed(): Promise<boolean> {
    const command = new GetIndexingConfigurationCommand({});
    const { thingIndexingConfiguration: indexing } = await client.send(command).catch(translate);
    return indexing?.thingConnectivityIndexingMode === 'STATUS';
  }

  async function search(queryString: string): Promise<Found[]> {
    const found: Found[] = [];
    let nextToken: string | undefined;
    do {
      const command = new SearchIndexCommand({ queryString, maxResults: 100, nextToken });
      const page = await client.send(command).catch(translate);
      found.push(...z.array(Found).parse(page.things ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  }

  return {
    /**
     * Things that are disconnected, each with the time of that in epoch milliseconds: one call per 100. Undefined where
     * connectivity isn't indexed.
     */
    async disconnectedSince(): Promise<Map<string, number> | undefined> {
      if (!(await isIndexed())) return undefined;
      const found = await search('connectivity.connected:false');
      return new Map(
        found.map(({ thingName, connectivity }) => [thingName, connectivity?.timestamp ?? 0]),
      );
    },

    /** Whether a thing is connected, and since when; undefined where that isn't known. */
    async connectivityOf(
      thingName: string,
    ): Promise<{ isConnected: boolean; since: number } | undefined> {
      if (!(await isIndexed())) return undefined;
      const [found] = await search(`thingName:"${thingName}"`);
      const known = found?.connectivity;
      return known ? { isConnected: known.connected, since: known.timestamp ?? 0 } : undefined;
    },
  };
}

export type Connectivity = ReturnType<typeof connectConnectivity>;
