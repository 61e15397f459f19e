import type { IoTClient } from '@aws-sdk/client-iot';
import * as z from 'zod';
import { connectFleetIndex } from '../fleet-index.js';

const Found = z.object({
  thingName: z.string(),
  connectivity: z.object({ connected: z.boolean(), timestamp: z.number().nullish() }).nullish(),
});

/** What fleet indexing knows of who is connected. */
export function connectConnectivity(client: IoTClient) {
  const index = connectFleetIndex(client);
  const search = async (query: string) => z.array(Found).parse(await index.search(query));

  return {
    /**
     * Things that are disconnected, each with the time of that in epoch milliseconds: one call per 100. Undefined where
     * connectivity isn't indexed.
     */
    async disconnectedSince(): Promise<Map<string, number> | undefined> {
      if (!(await index.hasConnectivity())) return undefined;
      const found = await search('connectivity.connected:false');
      return new Map(
        found.map(({ thingName, connectivity }) => [thingName, connectivity?.timestamp ?? 0]),
      );
    },

    /** Whether a thing is connected, and since when; undefined where that isn't known. */
    async connectivityOf(
      thingName: string,
    ): Promise<{ isConnected: boolean; since: number } | undefined> {
      if (!(await index.hasConnectivity())) return undefined;
      const [found] = await search(`thingName:"${thingName}"`);
      const known = found?.connectivity;
      return known ? { isConnected: known.connected, since: known.timestamp ?? 0 } : undefined;
    },
  };
}

export type Connectivity = ReturnType<typeof connectConnectivity>;
