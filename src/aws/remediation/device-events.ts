import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ThrottledError } from '../../domain/errors.js';
import type { DeviceEvent } from '../../domain/remediation/device-event.js';
import { translate } from '../translate.js';

/** What other systems are told of devices. */
export function connectDeviceEvents(client: EventBridgeClient) {
  return {
    /** At least once: whoever listens knows it again by `detail.id`. */
    async tell({ detailType, detail }: DeviceEvent): Promise<void> {
      const entry = {
        Source: 'greenwave',
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      };
      const answer = await client.send(new PutEventsCommand({ Entries: [entry] })).catch(translate);
      const [refused] = (answer.Entries ?? []).filter(({ ErrorCode }) => ErrorCode !== undefined);
      if (refused) throw new ThrottledError(refused.ErrorMessage ?? 'the event was not taken');
    },
  };
}

export type DeviceEvents = ReturnType<typeof connectDeviceEvents>;
