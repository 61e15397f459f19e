import type { Cloud } from '../cloud.js';
import { ApiError } from '../errors.js';

// Documented: AWS General Reference, "AWS IoT Greengrass V2 endpoints and quotas": 5,000 components in a Region, and as many
// versions of each.
const COMPONENTS = 5000;
const VERSIONS_PER_COMPONENT = 5000;

/** Assumed: the words and the codes of ServiceQuotaExceededException; no source has one. */
const exceeded = (resourceType: string, resourceId: string, most: number) =>
  new ApiError(
    'ServiceQuotaExceededException',
    `The account has ${most} of resource type ${resourceType}, which is its quota`,
    { resourceType, resourceId, quotaCode: resourceType, serviceCode: 'greengrass' },
  );

/** Refuses a version that the account has no room for. */
export function checkComponentQuotas(
  { componentVersions }: Pick<Cloud, 'componentVersions'>,
  name: string,
  arn: string,
): void {
  if (componentVersions.size < Math.min(COMPONENTS, VERSIONS_PER_COMPONENT)) return;
  const names = new Set<string>();
  let versions = 0;
  for (const { componentName } of componentVersions.values()) {
    names.add(componentName);
    if (componentName === name) versions += 1;
  }
  if (versions >= VERSIONS_PER_COMPONENT)
    throw exceeded('componentVersion', arn, VERSIONS_PER_COMPONENT);
  if (versions === 0 && names.size >= COMPONENTS) throw exceeded('component', arn, COMPONENTS);
}
