import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvalidPayloadError } from '../domain/errors.js';
import { rolloutEvent } from '../domain/rollout-event.js';
import { Rollout } from '../domain/rollout.js';
import { isLeft, listedAs, type ListedAs } from '../domain/sweep.js';
import { connectAdmissionChunks } from './admission-chunks.js';
import { connectAudit } from './audit.js';
import { connectControl } from './control.js';
import { connectDeviceNames } from './device-names.js';
import { connectLocks } from './locks.js';
import type { RolloutEvents } from './rollout-events.js';
import { connectTable, held, rolloutKey, unlessChanged, type Table } from './table.js';
import { connectWake } from './wake.js';

const metaItem = (rollout: Rollout) => ({
  ...rollout,
  pk: rolloutKey(rollout.rolloutId),
  sk: 'META',
  gsi1pk: listedAs(rollout),
  gsi1sk: `${rollout.startedAt}#${rollout.rolloutId}`,
});

const LISTS = {
  open: ['OPEN'],
  /** Ended, with something of them left standing. */
  sweep: ['SWEEP'],
  all: ['OPEN', 'SWEEP', 'ENDED'],
} as const satisfies Record<string, readonly ListedAs[]>;

/** The rollouts themselves: one item each. */
function connectMeta(table: Table, events: RolloutEvents | undefined) {
  const byState = async (state: ListedAs) => {
    const items = await table.query({
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :state',
      ExpressionAttributeValues: { ':state': state },
    });
    return items.map((item) => Rollout.parse(item));
  };

  /** Undefined where there is none. */
  async function read(rolloutId: string): Promise<Rollout | undefined> {
    const item = await table.get({ pk: rolloutKey(rolloutId), sk: 'META' });
    return item && Rollout.parse(item);
  }

  return {
    read,

    /** Throws InvalidPayloadError where there is none. */
    async existing(rolloutId: string): Promise<Rollout> {
      const rollout = await read(rolloutId);
      if (!rollout) throw new InvalidPayloadError(`rolloutId: there is no rollout ${rolloutId}`);
      return rollout;
    },

    /** False where a rollout of this id is there already. */
    create: (rollout: Rollout): Promise<boolean> =>
      held(table.put({ Item: metaItem(rollout), ConditionExpression: 'attribute_not_exists(pk)' })),

    /**
     * Replaces the rollout that was read, as its next version, and answers it. Throws ThrottledError where it has been changed
     * since, by another writer or by a write of this one whose answer was lost: the step's next try reads it again.
     */
    async save(rollout: Rollout): Promise<Rollout> {
      // Told before it is written: a step that dies in between tells it again, with the same id, and none is lost.
      const event = events && rolloutEvent(rollout);
      const isTold = event !== undefined && (await events?.tell(event)) === true;
      const told = isTold ? { announced: rollout.phase } : {};
      const next = { ...rollout, ...told, version: rollout.version + 1 };
      await table
        .put({
          Item: metaItem(next),
          ConditionExpression: 'version = :read',
          ExpressionAttributeValues: { ':read': rollout.version },
        })
        .catch(unlessChanged('the rollout'));
      return next;
    },

    /** Rollouts by the time of their start, oldest first. */
    async list(which: keyof typeof LISTS): Promise<Rollout[]> {
      const lists = await Promise.all(LISTS[which].map(byState));
      const rollouts = lists.flat();
      return rollouts.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    },

    /** Rollouts whose group may hold devices: open, or ended with their group left standing. */
    async withGroups(): Promise<Rollout[]> {
      return [...(await byState('OPEN')), ...(await byState('SWEEP')).filter(isLeft)];
    },
  };
}

export type Rollouts = ReturnType<typeof connectRollouts>;

/**
 * The rollouts table. Every write is one item, with a condition where two writers could meet. With `events`, each new phase is
 * told.
 */
export function connectRollouts(client: DynamoDBClient, tableName: string, events?: RolloutEvents) {
  const table = connectTable(client, tableName);
  return {
    ...connectMeta(table, events),
    ...connectAdmissionChunks(table),
    ...connectDeviceNames(table),
    ...connectLocks(table),
    ...connectAudit(table),
    ...connectControl(table),
    ...connectWake(table),
  };
}
