import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvalidPayloadError } from '../domain/errors.js';
import { Freeze } from '../domain/release/freeze.js';
import { Place, inOrder, isInLine } from '../domain/release/line.js';
import { ReleaseRecord } from '../domain/release/release.js';
import { connectTable, held, unlessChanged, type Table } from './table.js';
import { translate } from './translate.js';

const releaseKey = (releaseId: string) => `RELEASE#${releaseId}`;

const releaseItem = (release: ReleaseRecord) => ({
  ...release,
  pk: releaseKey(release.releaseId),
  sk: 'META',
  gsi1pk: 'RELEASES',
  gsi1sk: `${release.startedAt}#${release.releaseId}`,
});

const placeKey = ({ releaseId, target }: Pick<Place, 'releaseId' | 'target'>) => ({
  pk: releaseKey(releaseId),
  sk: `PLACE#${target}`,
});

const placeItem = (place: Place) => ({
  ...place,
  ...placeKey(place),
  ...(isInLine(place) && { gsi1pk: 'LINE', gsi1sk: `${place.queuedAt}#${place.releaseId}` }),
});

const freezeKey = (target: string | undefined) => ({
  pk: 'ACCOUNT',
  sk: `FREEZE#${target ?? 'all'}`,
});

/** Replaces what was read; throws ThrottledError where it has been changed since: the step's next try reads it again. */
async function replace<Kept extends { writes: number }>(
  table: Table,
  kept: Kept,
  itemOf: (next: Kept) => Record<string, unknown>,
): Promise<Kept> {
  const next = { ...kept, writes: kept.writes + 1 };
  await table
    .put({
      Item: itemOf(next),
      ConditionExpression: 'writes = :read',
      ExpressionAttributeValues: { ':read': kept.writes },
    })
    .catch(unlessChanged('the release'));
  return next;
}

const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The places of releases in the lines of their targets. */
function connectLine(table: Table) {
  return {
    /** False where the release has a place there already. */
    createPlace: (place: Place): Promise<boolean> =>
      held(table.put({ Item: placeItem(place), ...isNew })),

    savePlace: (place: Place): Promise<Place> => replace(table, place, placeItem),

    /** Who waits or is starting, of all targets, in order. The index may be a second behind, so each is read by its key. */
    async line(): Promise<Place[]> {
      const items = await table.query({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :line',
        ExpressionAttributeValues: { ':line': 'LINE' },
      });
      const listed = items.map((item) => Place.parse(item));
      const read = await Promise.all(listed.map((place) => table.get(placeKey(place))));
      const places = read.flatMap((item) => (item ? [Place.parse(item)] : []));
      return inOrder(places.filter(isInLine));
    },

    async placesOf(releaseId: string): Promise<Place[]> {
      const items = await table.query({
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': releaseKey(releaseId), ':prefix': 'PLACE#' },
      });
      return items.map((item) => Place.parse(item));
    },
  };
}

/** Where people have stopped the line. */
function connectFreezes(table: Table) {
  return {
    /** Stops the line, of one target or of all; said again, the newest reason holds. */
    async freeze(freeze: Freeze): Promise<void> {
      await table.put({ Item: { ...freezeKey(freeze.target), ...freeze } }).catch(translate);
    },

    /** Lets the line go on. False where it wasn't frozen. */
    unfreeze: (target: string | undefined): Promise<boolean> =>
      held(
        table.delete({
          Key: freezeKey(target),
          ConditionExpression: 'attribute_exists(pk)',
        }),
      ),

    async freezes(): Promise<Freeze[]> {
      const items = await table.query({
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': 'ACCOUNT', ':prefix': 'FREEZE#' },
      });
      return items.map((item) => Freeze.parse(item));
    },
  };
}

/** The releases themselves: one item each. */
function connectRecords(table: Table) {
  async function read(releaseId: string): Promise<ReleaseRecord | undefined> {
    const item = await table.get({ pk: releaseKey(releaseId), sk: 'META' });
    return item && ReleaseRecord.parse(item);
  }

  return {
    /** Undefined where there is none. */
    read,

    /** Throws InvalidPayloadError where there is none. */
    async existing(releaseId: string): Promise<ReleaseRecord> {
      const release = await read(releaseId);
      if (!release) throw new InvalidPayloadError(`releaseId: there is no release ${releaseId}`);
      return release;
    },

    /** False where a release of this id is there already. */
    create: (release: ReleaseRecord): Promise<boolean> =>
      held(table.put({ Item: releaseItem(release), ...isNew })),

    save: (release: ReleaseRecord): Promise<ReleaseRecord> => replace(table, release, releaseItem),

    /** All, oldest first. */
    async list(): Promise<ReleaseRecord[]> {
      const items = await table.query({
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :releases',
        ExpressionAttributeValues: { ':releases': 'RELEASES' },
      });
      return items.map((item) => ReleaseRecord.parse(item));
    },
  };
}

/** Releases, their places in the line, and what stops it, in the table of the rollouts. */
export function connectReleases(client: DynamoDBClient, tableName: string) {
  const table = connectTable(client, tableName);
  return { ...connectRecords(table), ...connectLine(table), ...connectFreezes(table) };
}

export type Releases = ReturnType<typeof connectReleases>;
