import { DescribeThingCommand, type IoTClient } from '@aws-sdk/client-iot';
import type { Target } from '../domain/target.js';
import { connectFleetIndex } from './fleet-index.js';
import { connectJobs } from './jobs.js';
import { connectMembership, connectThingGroups } from './thing-groups.js';
import { absent } from './translate.js';

export type Iot = ReturnType<typeof connectIot>;

/** The registry, jobs and fleet indexing as rollouts use them. Every method throws ThrottledError. */
export function connectIot(client: IoTClient) {
  const index = connectFleetIndex(client);
  return {
    ...connectThingGroups(client),
    ...connectMembership(client),
    ...connectJobs(client),

    /** ARN of a thing; undefined where there is none of this name. */
    async thingArn(thingName: string): Promise<string | undefined> {
      const found = await client.send(new DescribeThingCommand({ thingName })).catch(absent);
      return found?.thingArn;
    },

    /** Things that fleet indexing sees disconnected, in a group or the one thing; undefined where it doesn't index connectivity. */
    async disconnected({ kind, name }: Target): Promise<string[] | undefined> {
      const field = kind === 'thing' ? 'thingName' : 'thingGroupNames';
      if (!(await index.hasConnectivity())) return undefined;
      const found = await index.search(`connectivity.connected:false AND ${field}:"${name}"`);
      return found.flatMap(({ thingName }) => thingName ?? []);
    },
  };
}
