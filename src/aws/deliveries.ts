import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { translate } from './translate.js';

/** As long as Step Functions keeps the name of an execution to itself. */
const KEPT_SECONDS = 90 * 86_400;

/**
 * Deliveries of webhooks that have been seen, with what came of them. powertools' hash of the delivery is the partition key's
 * end, its fixed key the sort key: `DELIVERY#<source>#<hash>` / `SEEN`.
 */
export function connectDeliveries(client: DynamoDBClient, tableName: string) {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    awsSdkV3Client: client,
    keyAttr: 'sk',
    staticPkValue: 'SEEN',
    sortKeyAttr: 'pk',
  });
  const config = new IdempotencyConfig({
    expiresAfterSeconds: KEPT_SECONDS,
    hashFunction: 'sha256',
  });
  return {
    /**
     * Does the work for a delivery and answers what came of it; for one that was seen before, what came of it then. One that is
     * being worked on at this moment is worked on here too: the work has to bear that.
     */
    async once<Outcome extends Record<string, string>>(
      { source, deliveryId }: { source: string; deliveryId: string },
      context: Context,
      work: () => Promise<Outcome>,
    ): Promise<Outcome> {
      config.registerLambdaContext(context);
      const keyPrefix = `DELIVERY#${source}`;
      const seen = makeIdempotent((_: string) => work(), { persistenceStore, config, keyPrefix });
      return seen(deliveryId).catch((cause: unknown) =>
        cause instanceof IdempotencyAlreadyInProgressError ? work() : translate(cause),
      );
    },
  };
}

export type Deliveries = ReturnType<typeof connectDeliveries>;
