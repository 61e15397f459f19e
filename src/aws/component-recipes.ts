import {
  DescribeComponentCommand,
  GetComponentCommand,
  paginateListComponentVersions,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import * as z from 'zod';
import { collect } from './collect.js';
import { absent } from './translate.js';

const Listed = z.object({ componentVersion: z.string() });

/** Components as plans and releases read them: what versions there are, what the service says of one, and its recipe. */
export function connectComponentRecipes(client: GreengrassV2Client) {
  return {
    /** How far the service is with a component version, with what it says against artifacts; undefined where there is none. */
    async componentVersion(arn: string) {
      const found = await client.send(new DescribeComponentCommand({ arn })).catch(absent);
      if (!found?.status) return undefined;
      const { componentState, vendorGuidance, errors = {} } = found.status;
      const { tags = {} } = found;
      // Documented: what its publisher has deleted can't be deployed, whatever its state.
      const isDeleted = vendorGuidance === 'DELETED';
      const state = isDeleted ? vendorGuidance : componentState;
      const message = isDeleted ? found.status.vendorGuidanceMessage : found.status.message;
      // Observed: a version that there is nothing to say of has the message NONE.
      return { state, message: message === 'NONE' ? undefined : message, errors, tags };
    },

    /** The versions of a component, greatest first; none where there is no component of this ARN. */
    async componentVersions(arn: string): Promise<string[]> {
      const found = await collect(
        paginateListComponentVersions({ client, pageSize: 100 }, { arn }),
        (page) => page.componentVersions,
      ).catch(absent);
      return z
        .array(Listed)
        .parse(found ?? [])
        .map(({ componentVersion }) => componentVersion);
    },

    /** The recipe of a component version, as parsed JSON; undefined where there is none of this ARN. */
    async recipe(arn: string): Promise<unknown> {
      const command = new GetComponentCommand({ arn, recipeOutputFormat: 'JSON' });
      const found = await client.send(command).catch(absent);
      if (found?.recipe === undefined) return undefined;
      const json: unknown = JSON.parse(new TextDecoder().decode(found.recipe));
      return json;
    },
  };
}
