import type { Limits } from './limits.js';

// Documented: AWS IoT API model 2015-05-28: lengths, patterns and enumerations.
const registryName = { length: [1, 128], pattern: /^[a-zA-Z0-9:_-]+$/ } as const;

/** The limits of the AWS IoT requests that fleets use. */
export const iotLimits: Limits = {
  maxResults: { range: [1, 250], decimals: 0 },
  // Documented: AWS IoT API model, SearchIndex.maxResults: its description says that it can't exceed 100.
  'SearchIndexRequest.maxResults': { range: [1, 100], decimals: 0 },
  queryString: { length: [1, Infinity] },
  thingName: registryName,
  thingGroupName: registryName,
  parentGroupName: registryName,
  parentGroup: registryName,
  namePrefixFilter: registryName,
  'thingGroupsToAdd[]': registryName,
  'thingGroupsToRemove[]': registryName,
  indexName: registryName,
  thingGroupDescription: { length: [0, 2028], pattern: /^[^\p{Cc}]*$/u },
  'attributes.key': { length: [0, 128], pattern: /^[a-zA-Z0-9_.,@/:#=[\]-]+$/ },
  'attributes[]': { length: [0, 800], pattern: /^[a-zA-Z0-9_.,@/:#=[\]-]*$/ },
  jobId: { length: [1, 64], pattern: /^[a-zA-Z0-9_-]+$/ },
  namespaceId: { pattern: /^[a-zA-Z0-9_-]+$/ },
  targetSelection: { oneOf: ['CONTINUOUS', 'SNAPSHOT'] },
  'ListJobsRequest.status': {
    oneOf: ['IN_PROGRESS', 'CANCELED', 'COMPLETED', 'DELETION_IN_PROGRESS', 'SCHEDULED'],
  },
  status: {
    oneOf: [
      'QUEUED',
      'IN_PROGRESS',
      'SUCCEEDED',
      'FAILED',
      'TIMED_OUT',
      'REJECTED',
      'REMOVED',
      'CANCELED',
    ],
  },
};
