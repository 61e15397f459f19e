import {
  DescribeJobCommand,
  paginateListJobExecutionsForJob,
  type IoTClient,
  type JobExecutionStatus,
} from '@aws-sdk/client-iot';
import * as z from 'zod';
import type { DeviceExecution } from '../domain/rollback.js';
import type { ExecutionCounts } from '../domain/wave.js';
import { collect } from './collect.js';
import { translate } from './translate.js';

const count = z.number().int().nonnegative().default(0);
const Job = z.object({
  status: z.string(),
  jobProcessDetails: z.object({
    numberOfQueuedThings: count,
    numberOfInProgressThings: count,
    numberOfSucceededThings: count,
    numberOfFailedThings: count,
    numberOfRejectedThings: count,
    numberOfTimedOutThings: count,
    numberOfRemovedThings: count,
    numberOfCanceledThings: count,
  }),
});
const Execution = z.object({
  thingArn: z.string(),
  jobExecutionSummary: z.object({ status: z.string(), startedAt: z.date().nullish() }),
});
/** Statuses of an execution that its device may not have begun. */
const NOT_BEGUN = new Set(['QUEUED', 'CANCELED', 'REMOVED']);
const nameIn = (thingArn: string) => thingArn.slice(thingArn.indexOf(':thing/') + ':thing/'.length);

/** The jobs behind thing-group deployments. */
export function connectJobs(client: IoTClient) {
  return {
    /** The state of a whole group's deployment in one call. */
    async job(jobId: string): Promise<{ status: string; counts: ExecutionCounts }> {
      const { job } = await client.send(new DescribeJobCommand({ jobId })).catch(translate);
      const { status, jobProcessDetails: of } = Job.parse(job);
      return {
        status,
        counts: {
          queued: of.numberOfQueuedThings,
          inProgress: of.numberOfInProgressThings,
          succeeded: of.numberOfSucceededThings,
          failed: of.numberOfFailedThings,
          rejected: of.numberOfRejectedThings,
          timedOut: of.numberOfTimedOutThings,
          removed: of.numberOfRemovedThings,
          canceled: of.numberOfCanceledThings,
          apart: 0,
        },
      };
    },

    /** Names of the things whose execution of this job has this status: one call per 250. */
    async thingsWithStatus(jobId: string, status: JobExecutionStatus): Promise<string[]> {
      const pages = paginateListJobExecutionsForJob({ client, pageSize: 250 }, { jobId, status });
      const found = await collect(pages, (page) => page.executionSummaries).catch(translate);
      return found.flatMap(({ thingArn }) => (thingArn ? [nameIn(thingArn)] : []));
    },

    /** Every execution of a job: one call per 250. */
    async executionsOf(jobId: string): Promise<DeviceExecution[]> {
      const pages = paginateListJobExecutionsForJob({ client, pageSize: 250 }, { jobId });
      const found = await collect(pages, (page) => page.executionSummaries).catch(translate);
      return z
        .array(Execution)
        .parse(found)
        .map(({ thingArn, jobExecutionSummary: of }) => ({
          thing: nameIn(thingArn),
          status: of.status,
          isStarted: !NOT_BEGUN.has(of.status) || (of.startedAt ?? undefined) !== undefined,
        }));
    },
  };
}
