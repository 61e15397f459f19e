import {
  TagResourceCommand,
  UntagResourceCommand,
  type GreengrassV2Client,
} from '@aws-sdk/client-greengrassv2';
import { absent } from '../translate.js';

const QUARANTINE_TAG = 'greenwave:quarantine';

/** Documented: arn:partition:greengrass:region:account:coreDevices:thing; a thing's ARN has the rest. */
const coreDeviceArn = (thingArn: string) =>
  thingArn.replace(/:iot:([^:]*:[^:]*):thing\//, ':greengrass:$1:coreDevices:');

/** Documented: letters, digits, spaces and _.:/=+-@ only. */
const asTag = (text: string) => text.replaceAll(/[^\p{L}\p{N} _.:/=+\-@]/gu, ' ').slice(0, 256);

/** The tag by which everybody sees that a core device is in quarantine. */
export function connectDeviceTags(client: GreengrassV2Client) {
  return {
    async quarantine(thingArn: string, reason: string): Promise<void> {
      const command = new TagResourceCommand({
        resourceArn: coreDeviceArn(thingArn),
        tags: { [QUARANTINE_TAG]: asTag(reason) },
      });
      await client.send(command).catch(absent);
    },

    async release(thingArn: string): Promise<void> {
      const command = new UntagResourceCommand({
        resourceArn: coreDeviceArn(thingArn),
        tagKeys: [QUARANTINE_TAG],
      });
      await client.send(command).catch(absent);
    },
  };
}

export type DeviceTags = ReturnType<typeof connectDeviceTags>;
