import type { ListJobsRequest, ListJobsResponse } from '@aws-sdk/client-iot';
import type { Checked } from '../wire/checked.js';
import { GREENGRASS_NAMESPACE, jobSummary } from '../control-plane/job-view.js';
import { jobPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** The jobs of the group deployments, the newest first. */
export const listJobs =
  ({ cloud, deployments }: Pick<Services, 'cloud' | 'deployments'>) =>
  (request: Checked<ListJobsRequest>): ListJobsResponse => {
    const { status, targetSelection, thingGroupName, thingGroupId, namespaceId } = request;
    const groups = [...cloud.thingGroups.values()]
      .filter((group) => thingGroupName === undefined || group.thingGroupName === thingGroupName)
      .filter((group) => thingGroupId === undefined || group.thingGroupId === thingGroupId)
      .map((group) => group.thingGroupArn);
    const isAnyGroup = thingGroupName === undefined && thingGroupId === undefined;
    const isOther =
      targetSelection === 'SNAPSHOT' ||
      (namespaceId !== undefined && namespaceId !== GREENGRASS_NAMESPACE);
    const found = isOther
      ? []
      : deployments
          .jobs()
          .filter(({ deployment }) => isAnyGroup || groups.includes(deployment.targetArn))
          .map(jobSummary)
          .filter((job) => status === undefined || job.status === status);
    const { items, nextToken } = page(found, (job) => job.jobId ?? '', request, jobPages);
    return { jobs: items, nextToken };
  };
