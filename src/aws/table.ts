import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  type DeleteCommandInput,
  type PutCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { ThrottledError } from '../domain/errors.js';
import { collect } from './collect.js';
import { translate } from './translate.js';

/** An item less its keys: they repeat what its attributes say. */
export const attributesOf = (item: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(item).filter(([name]) => !/^(pk|sk|gsi1pk|gsi1sk)$/.test(name)),
  );

export const rolloutKey = (rolloutId: string) => `ROLLOUT#${rolloutId}`;

/** For a conditional write: whether its condition held. */
export const held = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    (cause: unknown) =>
      cause instanceof ConditionalCheckFailedException ? false : translate(cause),
  );

/**
 * For the `catch` of a write that replaces what was read: throws ThrottledError where somebody has changed it since. Trying again
 * helps: steps are idempotent.
 */
export const unlessChanged =
  (what: string) =>
  (cause: unknown): never => {
    if (cause instanceof ConditionalCheckFailedException)
      throw new ThrottledError(`${what} was changed meanwhile`, { cause });
    return translate(cause);
  };

export type Table = ReturnType<typeof connectTable>;

/** One DynamoDB table, item by item. `get` reads consistently; `query` may miss the last second. Reads throw ThrottledError. */
export function connectTable(dynamoDb: DynamoDBClient, TableName: string) {
  const client = DynamoDBDocumentClient.from(dynamoDb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    put: (input: Omit<PutCommandInput, 'TableName'>) =>
      client.send(new PutCommand({ TableName, ...input })),

    delete: (input: Omit<DeleteCommandInput, 'TableName'>) =>
      client.send(new DeleteCommand({ TableName, ...input })),

    async get(Key: Record<string, string>) {
      const command = new GetCommand({ TableName, Key, ConsistentRead: true });
      const { Item } = await client.send(command).catch(translate);
      return Item && attributesOf(Item);
    },

    async query(input: Omit<QueryCommandInput, 'TableName'>) {
      const pages = paginateQuery({ client }, { TableName, ...input });
      const items = await collect(pages, (page) => page.Items).catch(translate);
      return items.map(attributesOf);
    },
  };
}
