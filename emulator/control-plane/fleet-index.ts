import { ApiError, notFound } from '../errors.js';

/** The one index that there is, and the one version of its queries. */
export const THING_INDEX = 'AWS_Things';
export const QUERY_VERSION = '2017-09-30';

/** Refuses another index, and another version of its queries. */
export function checkIndex({
  indexName = THING_INDEX,
  queryVersion = QUERY_VERSION,
}: {
  readonly indexName?: string | undefined;
  readonly queryVersion?: string | undefined;
}): void {
  if (indexName !== THING_INDEX) throw notFound('Index', indexName);
  if (queryVersion !== QUERY_VERSION)
    throw new ApiError('InvalidQueryException', `Query version ${queryVersion} is unknown`);
}
