import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { DeviceRecord } from '../../domain/remediation/device-record.js';
import { RunReport } from '../../domain/remediation/report.js';
import { connectTable, held, unlessChanged, type Table } from '../table.js';
import { translate } from '../translate.js';

const RunLock = z.object({ runId: z.string(), executionArn: z.string(), since: z.string() });
export type RunLock = z.infer<typeof RunLock>;

const LOCK = { pk: 'ACCOUNT', sk: 'REMEDIATION' };
const TOLD = { pk: 'ACCOUNT', sk: 'SYSTEMIC' };
const Told = z.object({ faults: z.array(z.string()) });
const deviceKey = (thing: string) => ({ pk: `DEVICE#${thing}`, sk: 'REMEDIATION' });
const runKey = (runId: string) => ({ pk: `RUN#${runId}`, sk: 'REMEDIATION' });

/** One run at a time per account. */
function connectRunLock(table: Table) {
  return {
    async runLock(): Promise<RunLock | undefined> {
      const item = await table.get(LOCK);
      return item && RunLock.parse(item);
    },

    /** Takes the lock for this run where nobody has it, or this run itself. */
    lockRun: (lock: RunLock): Promise<boolean> =>
      held(
        table.put({
          Item: { ...LOCK, ...lock },
          ConditionExpression: 'attribute_not_exists(pk) OR executionArn = :me',
          ExpressionAttributeValues: { ':me': lock.executionArn },
        }),
      ),

    /** Takes it from this holder; false where it is somebody else's by now. */
    takeOverRun: (holder: RunLock, lock: RunLock): Promise<boolean> =>
      held(
        table.put({
          Item: { ...LOCK, ...lock },
          ConditionExpression: 'executionArn = :holder',
          ExpressionAttributeValues: { ':holder': holder.executionArn },
        }),
      ),

    /** Frees it if this run has it. */
    async unlockRun(runId: string): Promise<void> {
      await held(
        table.delete({
          Key: LOCK,
          ConditionExpression: 'runId = :me',
          ExpressionAttributeValues: { ':me': runId },
        }),
      );
    },
  };
}

export type Records = ReturnType<typeof connectRecords>;

/** What remediation keeps in the table: its lock, each device that was ever sick, and its runs. */
export function connectRecords(client: DynamoDBClient, tableName: string) {
  const table = connectTable(client, tableName);
  return {
    ...connectRunLock(table),

    async device(thing: string): Promise<DeviceRecord | undefined> {
      const item = await table.get(deviceKey(thing));
      return item && DeviceRecord.parse(item);
    },

    /** Every device that was ever found sick. May miss the last second. */
    async devices(): Promise<Map<string, DeviceRecord>> {
      const items = await table.query({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :all',
        ExpressionAttributeValues: { ':all': 'DEVICE' },
      });
      const records = items.map((item) => DeviceRecord.parse(item));
      return new Map(records.map((record) => [record.thing, record]));
    },

    /** Replaces the record that was read, as its next version. Throws ThrottledError where it has been changed since. */
    async saveDevice(record: DeviceRecord): Promise<DeviceRecord> {
      const next = { ...record, version: record.version + 1 };
      await table
        .put({
          Item: { ...deviceKey(record.thing), ...next, gsi1pk: 'DEVICE', gsi1sk: record.thing },
          ConditionExpression:
            record.version === 0 ? 'attribute_not_exists(pk)' : 'version = :read',
          ...(record.version > 0 && { ExpressionAttributeValues: { ':read': record.version } }),
        })
        .catch(unlessChanged('the record of the device'));
      return next;
    },

    async saveRun(report: RunReport): Promise<void> {
      const Item = { ...runKey(report.runId), ...report };
      const listed = { gsi1pk: 'RUN', gsi1sk: `${report.startedAt}#${report.runId}` };
      await table.put({ Item: { ...Item, ...listed } }).catch(translate);
    },

    async run(runId: string): Promise<RunReport | undefined> {
      const item = await table.get(runKey(runId));
      return item && RunReport.parse(item);
    },

    /** Every run that had something to do, oldest first. */
    async runs(): Promise<RunReport[]> {
      const items = await table.query({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :all',
        ExpressionAttributeValues: { ':all': 'RUN' },
      });
      return z.array(RunReport).parse(items);
    },

    /** The systemic faults that people have been told of and that still are. */
    async toldFaults(): Promise<string[]> {
      const item = await table.get(TOLD);
      return item ? Told.parse(item).faults : [];
    },

    async saveToldFaults(faults: readonly string[]): Promise<void> {
      await table.put({ Item: { ...TOLD, faults } }).catch(translate);
    },
  };
}
