import type { InstalledComponentRecord, StatusMessage } from '../cloud.js';

/**
 * What the cloud knows of a device's components after a status message.
 * Documented: nucleus source, FleetStatusService and State: a PARTIAL message tells those that have changed, and those that
 * are UNINSTALLED; API model, InstalledComponent: lastReportedTimestamp is that of the last message with the component.
 */
export function mergeInstalled(
  known: readonly InstalledComponentRecord[],
  { messageType, installedComponents, uninstalled = [], unchangedRoots }: StatusMessage,
  at: number,
): readonly InstalledComponentRecord[] {
  if (messageType === 'COMPLETE') return installedComponents;
  if (installedComponents.length + uninstalled.length === 0 && !unchangedRoots?.names.length)
    return known;
  const told = new Map(installedComponents.map((each) => [each.componentName, each]));
  const kept = known.flatMap((each) => {
    const { componentName } = each;
    const now = told.get(componentName);
    told.delete(componentName);
    if (now) return [now];
    if (uninstalled.includes(componentName)) return [];
    if (!unchangedRoots?.names.includes(componentName)) return [each];
    const lastInstallationSource = unchangedRoots.deploymentId;
    return [{ ...each, isRoot: true, lastReportedTimestamp: at, lastInstallationSource }];
  });
  return [...kept, ...told.values()];
}
