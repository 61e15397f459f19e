import type {
  ListInstalledComponentsRequest,
  ListInstalledComponentsResponse,
} from '@aws-sdk/client-greengrassv2';
import type { Checked } from '../wire/checked.js';
import { findCoreDevice } from '../control-plane/core-devices.js';
import { greengrassPages, page } from '../control-plane/pagination.js';
import type { Services } from '../control-plane/services.js';

/** Documented: API model, ListInstalledComponents.topologyFilter: ROOT, components that deployments name, is the default. */
export const listInstalledComponents =
  ({ cloud }: Pick<Services, 'cloud'>) =>
  (request: Checked<ListInstalledComponentsRequest>): ListInstalledComponentsResponse => {
    const { coreDeviceThingName, topologyFilter = 'ROOT' } = request;
    const found = findCoreDevice(cloud, coreDeviceThingName).installedComponents.filter(
      (component) => topologyFilter === 'ALL' || component.isRoot,
    );
    const { items, nextToken } = page(
      found,
      (each) => each.componentName,
      request,
      greengrassPages,
    );
    const installedComponents = items.map((each) => ({
      componentName: each.componentName,
      componentVersion: each.componentVersion,
      lifecycleState: each.lifecycleState,
      ...(each.lifecycleStateDetails !== undefined && {
        lifecycleStateDetails: each.lifecycleStateDetails,
      }),
      isRoot: each.isRoot,
      lastStatusChangeTimestamp: new Date(each.lastStatusChangeTimestamp),
      lastReportedTimestamp: new Date(each.lastReportedTimestamp),
      lastInstallationSource: each.lastInstallationSource,
      lifecycleStatusCodes: [...each.lifecycleStatusCodes],
    }));
    return { installedComponents, nextToken };
  };
