import { createHash } from 'node:crypto';
import { paginateListThingGroups, type IoTClient } from '@aws-sdk/client-iot';
import type { Remedy } from '../../domain/remediation/causes.js';
import { collect } from '../collect.js';
import type { Greengrass } from '../greengrass.js';
import type { Iot } from '../iot.js';
import { translate } from '../translate.js';

const PREFIX = 'gw-remedy-';

/** The group of those that are given one document in the place of one target's. */
export function remedyGroupName(remedy: Remedy, parentTargetArn: string, source: string): string {
  const text = [remedy, parentTargetArn, source].join('\n');
  return `${PREFIX}${createHash('sha256').update(text).digest('hex').slice(0, 20)}`;
}

/** The groups of subdeployments that repair devices. */
export function connectRemedyGroups(client: IoTClient) {
  return {
    /** All that there are, by name and ARN. */
    async remedyGroups(): Promise<{ name: string; arn: string }[]> {
      const pages = paginateListThingGroups({ client }, { namePrefixFilter: PREFIX });
      const found = await collect(pages, (page) => page.thingGroups).catch(translate);
      return found.flatMap(({ groupName, groupArn }) =>
        groupName && groupArn ? [{ name: groupName, arn: groupArn }] : [],
      );
    },
  };
}

export type RemedyGroups = ReturnType<typeof connectRemedyGroups>;

/** Deletes the groups in which nobody is left, with what was deployed there. */
export async function deleteEmptyGroups({
  greengrass,
  iot,
  groups,
}: {
  greengrass: Greengrass;
  iot: Iot;
  groups: RemedyGroups;
}): Promise<void> {
  for (const { name, arn } of await groups.remedyGroups()) {
    if ((await iot.thingsIn(name)).length > 0) continue;
    const revisions = await greengrass.revisions(arn);
    for (const { deploymentId } of revisions) await greengrass.removeDeployment(deploymentId);
    await iot.deleteThingGroup(name);
  }
}
