import { Logger } from '@aws-lambda-powertools/logger';
import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { RolloutEvent } from '../domain/rollout-event.js';

const logger = /* @__PURE__ */ new Logger();

/** What other systems are told of rollouts. */
export function connectRolloutEvents(client: EventBridgeClient) {
  return {
    /**
     * Whether the bus has taken the event. That it hasn't is logged and no reason for a rollout to stop: the next write of the
     * rollout tries again.
     */
    async tell({ detailType, detail }: RolloutEvent): Promise<boolean> {
      const entry = {
        Source: 'greenwave',
        DetailType: detailType,
        Detail: JSON.stringify(detail),
      };
      const refusal = await client.send(new PutEventsCommand({ Entries: [entry] })).then(
        ({ Entries = [] }) => Entries.find(({ ErrorCode }) => ErrorCode !== undefined),
        (cause: unknown) => ({ ErrorMessage: String(cause) }),
      );
      if (refusal) logger.error('rollout event not taken', { refusal, event: detail });
      return !refusal;
    },
  };
}

export type RolloutEvents = ReturnType<typeof connectRolloutEvents>;
