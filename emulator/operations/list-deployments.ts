import type { ListDeploymentsRequest, ListDeploymentsResponse } from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { deploymentSummary } from '../control-plane/deployment-view.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, ListDeployments.historyFilter: LATEST_ONLY is the default. Assumed: the newest deployment first. */
export const listDeployments =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  (request: Checked<ListDeploymentsRequest>): ListDeploymentsResponse => {
    const { targetArn, parentTargetArn, historyFilter = 'LATEST_ONLY' } = request;
    const ids =
      targetArn === undefined
        ? [...cloud.deployments.keys()]
        : (cloud.revisions.get(targetArn) ?? []);
    const found = ids
      .flatMap((id) => cloud.deployments.get(id) ?? [])
      .filter((each) => historyFilter === 'ALL' || each.isLatestForTarget)
      .filter((each) => parentTargetArn === undefined || each.parentTargetArn === parentTargetArn)
      .reverse();
    const { items, nextToken } = page(found, (each) => each.deploymentId, request, greengrassPages);
    return { deployments: items.map(deploymentSummary), nextToken };
  };
