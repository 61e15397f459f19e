import {
  CancelJobExecutionCommand,
  DescribeJobExecutionCommand,
  paginateListJobExecutionsForJob,
  type IoTClient,
} from '@aws-sdk/client-iot';
import * as z from 'zod';
import { collect } from '../collect.js';
import { absent, translate } from '../translate.js';

const Begun = z.object({
  thingArn: z.string(),
  jobExecutionSummary: z.object({
    startedAt: z.date().nullish(),
    lastUpdatedAt: z.date().nullish(),
  }),
});
const Execution = z.object({
  status: z.string(),
  statusDetails: z.object({ detailsMap: z.record(z.string(), z.string()).nullish() }).nullish(),
  executionNumber: z.number(),
  versionNumber: z.number(),
});

/** It has ended, or has been changed, since it was looked at: nothing blocks the queue any more, or the next look tells. */
const MOVED_ON = new Set(['InvalidStateTransitionException', 'VersionConflictException']);

/** Single executions of the jobs behind thing-group deployments. */
export function connectJobExecutions(client: IoTClient) {
  return {
    /** Things that have been at a job since before a time, in epoch milliseconds: one call per 250 that are at it. */
    async inProgressSince(jobId: string, before: number): Promise<string[]> {
      const pages = paginateListJobExecutionsForJob(
        { client, pageSize: 250 },
        { jobId, status: 'IN_PROGRESS' },
      );
      const found = await collect(pages, (page) => page.executionSummaries).catch(translate);
      return z
        .array(Begun)
        .parse(found)
        .filter(({ jobExecutionSummary: { startedAt, lastUpdatedAt } }) => {
          const since = startedAt ?? lastUpdatedAt;
          return since != null && since.getTime() <= before;
        })
        .map(({ thingArn }) => thingArn.slice(thingArn.indexOf(':thing/') + ':thing/'.length));
    },

    /** One thing's run of a job, with the details that its nucleus gave; undefined where there is none. */
    async jobExecution(jobId: string, thingName: string) {
      const command = new DescribeJobExecutionCommand({ jobId, thingName });
      const found = await client.send(command).catch(absent);
      if (!found?.execution) return undefined;
      const { status, statusDetails, versionNumber, executionNumber } = Execution.parse(
        found.execution,
      );
      return {
        status,
        versionNumber,
        executionNumber,
        detailedStatus: statusDetails?.detailsMap?.['detailed-deployment-status'],
      };
    },

    /** Cancels one thing's run of a job, in progress or not, if it is still as it was. The job goes on for all others. */
    async cancelJobExecution(
      jobId: string,
      thingName: string,
      expectedVersion: number,
    ): Promise<void> {
      try {
        await client.send(
          new CancelJobExecutionCommand({ jobId, thingName, expectedVersion, force: true }),
        );
      } catch (cause) {
        if (!(cause instanceof Error && MOVED_ON.has(cause.name))) absent(cause);
      }
    },
  };
}

export type JobExecutions = ReturnType<typeof connectJobExecutions>;
